-- The extension for codecompanion.nvim: the tools of connected servers become tools of its chats.
local M = {}

local function say(self, output, meta)
  meta.tools.chat:add_tool_output(self, table.concat(vim.iter(output):flatten():totable(), '\n'))
end

local function tool(offer)
  local function run(_, arguments, options)
    offer.run(arguments, 'codecompanion', function(text, problem)
      options.output_cb({ status = text and 'success' or 'error', data = text or problem })
    end)
  end
  local schema = { name = offer.name, description = offer.description, parameters = offer.schema }
  return { name = offer.name, cmds = { run }, schema = { type = 'function', ['function'] = schema }, output = { success = say, error = say } }
end

function M.setup()
  local ours = {}
  require('drawbridge.offers').follow(function(offers)
    local tools = require('codecompanion.config').interactions.chat.tools
    for _, name in ipairs(ours) do
      tools[name] = nil
    end
    ours = {}
    for _, offer in ipairs(offers) do
      table.insert(ours, offer.name)
      local function callback()
        return tool(offer)
      end
      -- The person is asked first: a server says itself what its tools do.
      tools[offer.name] = { description = offer.description, callback = callback, opts = { require_approval_before = true } }
    end
  end)
end

return M
