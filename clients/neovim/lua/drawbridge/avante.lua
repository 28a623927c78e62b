-- Tools for avante.nvim: `custom_tools = function() return require('drawbridge.avante').tools() end`.
local M = {}

local offers

local function fields(schema)
  local all = {}
  for name, property in vim.spairs(schema.properties or {}) do
    local kind = type(property.type) == 'string' and property.type or 'string'
    local optional = not vim.list_contains(schema.required or {}, name)
    table.insert(all, { name = name, description = property.description or name, type = kind, optional = optional })
  end
  return all
end

---The tools of the servers that are connected at this moment.
function M.tools()
  if not offers then
    offers = {}
    require('drawbridge.offers').follow(function(found)
      offers = found
    end)
  end
  return vim.tbl_map(function(offer)
    -- Newer versions of avante pass one table of options, older ones the callbacks.
    local function func(arguments, options, on_complete)
      offer.run(arguments, 'avante', type(options) == 'table' and options.on_complete or on_complete)
    end
    local returns = { { name = 'result', description = 'What the tool answered', type = 'string' }, { name = 'error', description = 'Why it failed', type = 'string', optional = true } }
    return { name = offer.name, description = offer.description, param = { type = 'table', fields = fields(offer.schema) }, returns = returns, func = func }
  end, offers)
end

return M
