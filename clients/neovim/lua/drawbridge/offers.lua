-- Every tool of every connected server, for plugins that talk with language models.
local M = {}

---@class drawbridge.Offer
---@field name string Unique over all servers, with nothing in it but letters, digits, `_` and `-`.
---@field description string
---@field schema table A JSON Schema of the arguments.
---@field run fun(arguments: table, asker: string, done: fun(text: string?, problem: string?))

-- The text of a tool's result, and a word for what is no text.
local function text(result)
  local parts = vim.tbl_map(function(one)
    return one.text or vim.tbl_get(one, 'resource', 'text') or ('[%s]'):format(one.uri or one.type)
  end, result.content or {})
  return #parts > 0 and table.concat(parts, '\n') or vim.json.encode(result.structuredContent or vim.empty_dict())
end

local function offer(server, tool)
  local function run(arguments, asker, done)
    arguments = next(arguments or {}) and arguments or vim.empty_dict()
    local by = ('%s called %s/%s'):format(asker, server, tool.name)
    require('drawbridge').call({ server = server, name = tool.name, arguments = arguments, requestedBy = by }, function(result)
      if result.isError then
        done(nil, text(result))
      else
        done(text(result))
      end
    end, function(err)
      done(nil, err.message .. ' ' .. (type(err.data) == 'table' and err.data.action or ''))
    end)
  end
  local name = (server .. '__' .. tool.name):gsub('[^%w_-]', '_'):sub(1, 64)
  return { name = name, description = tool.description or tool.name, schema = tool.inputSchema or { type = 'object' }, run = run }
end

---Gives the offers of the connected servers, now and whenever something changes.
---@param take fun(offers: drawbridge.Offer[])
function M.follow(take)
  local client = require('drawbridge.client')
  local function gather()
    local offers, open = {}, 1
    local function add(server, tools)
      for _, tool in ipairs(tools) do
        table.insert(offers, offer(server, tool))
      end
      open = open - 1
      return open == 0 and take(offers)
    end
    for _, server in ipairs(client.servers) do
      if server.state.kind == 'connected' then
        open = open + 1
        client.tools(server.name, function(tools)
          add(server.name, tools)
        end, function()
          add(server.name, {})
        end)
      end
    end
    add('', {})
  end
  vim.api.nvim_create_autocmd('User', { pattern = 'DrawbridgeStatus', callback = gather })
  client.start()
  gather()
end

return M
