-- What other plugins and a person's own configuration may call. Nothing here has to be called for the plugin to work.
local M = {}

---Takes settings, as an alternative to `vim.g.drawbridge`.
---@param options? table see `:help drawbridge-settings`
function M.setup(options)
  require('drawbridge.config').set(options)
end

---Every server with its state, as last told.
---@return drawbridge.Server[]
function M.servers()
  local client = package.loaded['drawbridge.client']
  return client and client.servers or {}
end

---A few words for a statusline, such as `MCP 2/3, 1 sign-in`; nothing without servers. `User DrawbridgeStatus` tells of changes.
---@return string
function M.status()
  local total, counts = 0, { connected = 0, authRequired = 0 }
  for _, server in ipairs(M.servers()) do
    local kind = server.state.kind
    total = total + (kind == 'disabled' and 0 or 1)
    counts[kind] = (counts[kind] or 0) + 1
  end
  local sign_in = counts.authRequired > 0 and (', %d sign-in'):format(counts.authRequired) or ''
  return total == 0 and '' or ('MCP %d/%d%s'):format(counts.connected, total, sign_in)
end

---Calls a tool; the result is MCP's own.
---@param call drawbridge.CallToolParams
---@param done fun(result: table)
---@param failed? fun(err: { message: string }) By default, the error is shown.
function M.call(call, done, failed)
  require('drawbridge.client').request('mcp/callTool', call, function(answer)
    done(answer.result)
  end, failed)
end

return M
