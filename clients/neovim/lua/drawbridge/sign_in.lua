-- Sign-ins: one message when they are needed, the browser when the person asks, and the way back by hand.
local client = require('drawbridge.client')
local config = require('drawbridge.config')
local page = require('drawbridge.page')

local M = {}

---Says once which servers need a sign-in, and how to get there. Opens nothing.
---@param servers drawbridge.Server[]
function M.needed(servers)
  local names = vim.tbl_map(function(server)
    return server.name
  end, servers)
  local by = #names == 1 and vim.tbl_get(servers[1].state, 'reason', 'requestedBy')
  local more = #names > 3 and (' and %d more'):format(#names - 3) or by and (' (%s)'):format(by) or ''
  local which = table.concat(vim.list_slice(names, 1, 3), ', ') .. more
  -- Short, so that it fits into one line of the screen.
  client.tell(('sign-in needed for %s: :Drawbridge authenticate%s'):format(which, #names == 1 and ' ' .. names[1] or ''), vim.log.levels.WARN)
end

---Opens an address in the browser, or shows it where there is none.
---@param url string
---@param purpose string What the person does there.
---@param hint? string What to do after that, where the address is shown.
function M.open(url, purpose, hint)
  if not url:match('^https?://') then
    return client.tell('refused to open an address that is neither http nor https.', vim.log.levels.ERROR)
  end
  local function show()
    local copied = vim.fn.has('clipboard') == 1 and vim.fn.setreg('+', url) == 0
    page('address', { ('To %s, open this address in your browser%s:'):format(purpose, copied and ' (it is copied)' or ''), '', url, '', hint })
  end
  local opener = not config.get().remote and vim.ui.open(url)
  if not opener then
    return show()
  end
  client.tell(purpose .. ' in your browser.')
  -- An opener without a browser says so by its end.
  vim.defer_fn(function()
    if opener:is_closing() and opener:wait(0).code ~= 0 then
      show()
    end
  end, 2000)
end

---The sign-in to a server that is running.
---@return drawbridge.SignInFlow?
function M.flow(server)
  return server.state.flow or server.authentication.flow
end

---Starts a sign-in, because the person asked for it.
---@param server drawbridge.Server
function M.start(server)
  client.request('mcp/authenticate', { server = server.name }, function(flow)
    local code = flow.userCode and ' with the code ' .. flow.userCode or ''
    M.open(flow.authorizationUrl, 'sign in to ' .. server.name .. code, 'If it ends at a page it cannot reach, copy the address of that page and paste it:\n:Drawbridge complete')
  end)
end

---Asks for the address that the browser was sent to.
function M.ask()
  vim.ui.input({ prompt = 'Address the browser ended at: ' }, function(address)
    return vim.trim(address or '') ~= '' and M.complete(address)
  end)
end

---Ends a sign-in with the address the browser was sent to.
---@param address string
function M.complete(address)
  -- OAuth's `state` tells which one it is, when several run.
  local wanted = address:match('[?&](state=[^&#%s]*)') or ''
  local server = vim.iter(client.servers):find(function(one)
    return M.flow(one) and M.flow(one).authorizationUrl:find(wanted, 1, true)
  end)
  if not server then
    return client.tell('no running sign-in ends there; paste the whole address from the browser.', vim.log.levels.WARN)
  end
  client.request('mcp/completeAuthentication', { flowId = M.flow(server).flowId, callbackUrl = vim.trim(address) })
end

---Says how a sign-in ended.
---@param params drawbridge.AuthCompletedParams
function M.completed(params)
  local result = params.result
  if result.kind == 'failed' then
    return client.show({ message = result.failure.message, data = result.failure })
  end
  local account = result.authentication and result.authentication.account
  local message = result.kind == 'succeeded' and 'signed in to %s%s.' or 'the sign-in to %s was cancelled.'
  client.tell(message:format(params.server, account and ' as ' .. account or ''))
end

return M
