-- Sign-ins: one message when they are needed, the browser when the person asks, and the way back by hand.
local client = require('drawbridge.client')
local config = require('drawbridge.config')

local M = {}

---@type drawbridge.SignInFlow[] Those that were started here, newest last.
local flows = {}

---Says once which servers need a sign-in, and how to get there. Opens nothing.
---@param servers drawbridge.Server[]
function M.needed(servers)
  local names = vim.tbl_map(function(server)
    return server.name
  end, servers)
  local message = ('%d servers need a sign-in: %s. Sign in with :Drawbridge authenticate'):format(#names, table.concat(names, ', '))
  if #names == 1 then
    local by = vim.tbl_get(servers[1].state, 'reason', 'requestedBy')
    message = ('%s needs a sign-in%s. Sign in with :Drawbridge authenticate %s'):format(names[1], by and ' (' .. by .. ')' or '', names[1])
  end
  client.tell(message, vim.log.levels.WARN)
end

---Opens an address in the browser, or shows it where there is none.
---@param url string
---@return boolean whether a browser was asked to open it
function M.open(url)
  if not url:match('^https?://') then
    client.tell('refused to open an address that is neither http nor https.', vim.log.levels.ERROR)
    return false
  end
  local opener, problem
  if not config.get().remote then
    opener, problem = vim.ui.open(url)
  end
  -- Without an opener, an older Neovim gives a problem and a newer one may give nothing.
  if problem or not opener then
    client.tell('open this address in your browser: ' .. url)
  end
  return opener ~= nil and not problem
end

---Starts a sign-in, because the person asked for it.
---@param name string
function M.start(name)
  client.request('mcp/authenticate', { server = name }, function(flow)
    table.insert(flows, flow)
    if flow.userCode then
      client.tell(('type the code %s at the page.'):format(flow.userCode))
    end
    if M.open(flow.authorizationUrl) or flow.userCode then
      return
    end
    vim.ui.input({ prompt = 'Address the browser ended at, when it cannot reach this machine: ' }, function(address)
      if address and vim.trim(address) ~= '' then
        M.complete(address, flow)
      end
    end)
  end)
end

---Ends a sign-in with the address the browser was sent to.
---@param address string
---@param flow? drawbridge.SignInFlow The newest that fits when absent.
function M.complete(address, flow)
  local running = vim.list_slice(flows)
  for _, server in ipairs(client.servers) do
    table.insert(running, 1, server.state.flow)
  end
  -- OAuth's `state` tells which one it is, when several run.
  for _, one in ipairs(flow and {} or running) do
    if one.authorizationUrl:match('[?&]state=([^&#]*)') == address:match('[?&]state=([^&#%s]*)') then
      flow = one
    end
  end
  flow = flow or running[#running]
  if not flow then
    return client.tell('no sign-in is running. Start one with :Drawbridge authenticate', vim.log.levels.WARN)
  end
  client.request('mcp/completeAuthentication', { flowId = flow.flowId, callbackUrl = vim.trim(address) })
end

---Says how a sign-in ended.
---@param params drawbridge.AuthCompletedParams
function M.completed(params)
  flows = vim.tbl_filter(function(flow)
    return flow.flowId ~= params.flowId
  end, flows)
  local result = params.result
  if result.kind == 'failed' then
    return client.show({ message = result.failure.message, data = result.failure })
  end
  local account = result.authentication and result.authentication.account
  local message = result.kind == 'succeeded' and 'signed in to %s%s.' or 'the sign-in to %s was cancelled.'
  client.tell(message:format(params.server, account and ' as ' .. account or ''))
end

return M
