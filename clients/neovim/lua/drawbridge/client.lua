-- The connection: starts `drawbridge lsp` once per Neovim, keeps the list it sends, and starts it again when it ends.
local config = require('drawbridge.config')
local protocol = require('drawbridge.protocol')

local M = {
  ---@type drawbridge.Server[] The list of the last `mcp/statusChanged`.
  servers = {},
  ---@type boolean Whether requests can be sent at once.
  ready = false,
}

local RESTARTS = 3
local modern = vim.fn.has('nvim-0.11') == 1
local id, methods, restarts = nil, {}, 0
local waiting, attached, told = {}, {}, false

function M.tell(message, level)
  vim.notify('Drawbridge: ' .. message, level or vim.log.levels.INFO)
end

---Shows an error, and what to do about it.
function M.show(err)
  local action = type(err.data) == 'table' and err.data.action
  M.tell(err.message .. (action and ' ' .. action or ''), vim.log.levels.ERROR)
end

---Keeps a new list, and lets statuslines and the view know.
---@param servers drawbridge.Server[]
function M.keep(servers)
  M.servers = servers
  vim.api.nvim_exec_autocmds('User', { pattern = 'DrawbridgeStatus', modeline = false, data = { servers = servers } })
end

local handlers = {
  ['mcp/statusChanged'] = function(_, params)
    M.keep(params.servers)
  end,
  ['mcp/catalogChanged'] = function()
    M.keep(M.servers)
  end,
  ['mcp/authRequired'] = function(_, params)
    require('drawbridge.sign_in').needed(params.servers)
  end,
  ['mcp/authCompleted'] = function(_, params)
    require('drawbridge.sign_in').completed(params)
  end,
  ['window/showMessage'] = function(_, params)
    -- LSP counts from 1, the gravest; Neovim up to 4, the gravest.
    M.tell(params.message, 5 - params.type)
  end,
  ['mcp/elicit'] = function(_, params)
    return require('drawbridge.elicit').ask(params)
  end,
}

---@type drawbridge.McpClientCapabilities
local mcp = {
  version = protocol.version,
  authRequired = true,
  authCompleted = true,
  statusChanged = true,
  catalogChanged = true,
  elicit = { form = true, url = true },
}

-- Calls a method of Neovim's client object, which has had a `self` since 0.11.
local function lsp(method, ...)
  local client = id and vim.lsp.get_client_by_id(id)
  if client and modern then
    return client[method](client, ...)
  elseif client then
    return client[method](...)
  end
end

local function folder()
  local cwd = vim.fn.getcwd(-1, -1)
  return { uri = vim.uri_from_fname(cwd), name = vim.fs.basename(cwd) }
end

local function flush(problem)
  local now = waiting
  waiting = {}
  for _, one in ipairs(now) do
    one(problem)
  end
end

-- The program says on stderr why it cannot run (no Java, for one), which LSP keeps to its log: it is asked once more.
local function explain(cmd)
  vim.system(vim.list_extend(vim.list_slice(cmd), { '--version' }), { text = true, timeout = 20000 }, function(result)
    vim.schedule(function()
      local said = result.code ~= 0 and vim.trim(result.stderr or '') .. '\n' or ''
      M.tell(('%s lsp ended. %s:checkhealth drawbridge says more.'):format(cmd[1], said), vim.log.levels.ERROR)
    end)
  end)
end

local function on_exit(cmd)
  local was_ready = M.ready
  id, M.ready = nil, false
  M.keep({})
  flush('Drawbridge ended.')
  if was_ready and restarts < RESTARTS then
    restarts = restarts + 1
    vim.defer_fn(M.start, 1000)
  else
    explain(cmd)
  end
end

local function on_init(_, result)
  local offered = vim.tbl_get(result, 'capabilities', 'experimental', 'mcp') or { version = '0', methods = {} }
  if offered.version:match('^%d+') ~= protocol.version:match('^%d+') then
    M.tell(('the program speaks version %s of the protocol, this plugin %s. Update the older one.'):format(offered.version, protocol.version), vim.log.levels.ERROR)
  end
  methods, M.ready = offered.methods, true
  for buffer in pairs(attached) do
    M.attach(buffer)
  end
  -- Later, because Neovim sends `initialized` after this function.
  vim.schedule(flush)
end

---Starts Drawbridge unless it runs.
function M.start()
  if id then
    return
  end
  local settings, problems, missing = config.get()
  local cmd = settings.cmd
  table.insert(problems, missing)
  -- Once, and to whoever waits for an answer in any case.
  if #problems > 0 and #waiting == 0 and not told then
    M.tell(table.concat(problems, ' '), vim.log.levels.ERROR)
  end
  told = told or #problems > 0
  if missing then
    return flush(missing)
  end
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.experimental = vim.tbl_extend('force', capabilities.experimental or {}, { mcp = mcp })
  local start = modern and vim.lsp.start or vim.lsp.start_client
  id = start({
    name = 'drawbridge',
    cmd = vim.list_extend(vim.list_slice(cmd), { 'lsp' }),
    root_dir = vim.fn.getcwd(-1, -1),
    workspace_folders = { folder() },
    capabilities = capabilities,
    handlers = handlers,
    on_init = on_init,
    on_exit = vim.schedule_wrap(function(_, _, exited)
      -- Not for the end of Neovim, and not after `stop`.
      if vim.v.exiting == vim.NIL and exited == id then
        on_exit(cmd)
      end
    end),
  }, { attach = false })
end

---Ends the connection. The shared process and the sign-ins stay.
function M.stop()
  lsp('stop')
  id, M.ready = nil, false
  M.keep({})
end

---Helps with editing a configuration file.
---@param buffer integer
function M.attach(buffer)
  attached[buffer] = true
  if not config.get().attach or not vim.api.nvim_buf_is_loaded(buffer) then
    attached[buffer] = nil
  elseif M.ready then
    vim.lsp.buf_attach_client(buffer, id)
  else
    M.start()
  end
end

---Sends a request, after starting Drawbridge if need be.
---@param method string
---@param params table
---@param done? fun(result: table) Called when it went well.
---@param failed? fun(err: { code?: integer, message: string, data?: drawbridge.Failure }) By default, the error is shown.
function M.request(method, params, done, failed)
  failed = failed or M.show
  local function send(problem)
    if problem or not vim.list_contains(methods, method) then
      return failed({ message = problem or 'this version of Drawbridge does not answer ' .. method .. '.' })
    end
    -- An empty table would go out as a list.
    lsp('request', method, next(params) and params or vim.empty_dict(), function(err, result)
      if err then
        failed(err)
      elseif done then
        done(result)
      end
    end)
  end
  if M.ready then
    send()
  else
    table.insert(waiting, send)
    M.start()
  end
end

---Asks for the list, and keeps it.
function M.refresh(done)
  M.request('mcp/listServers', {}, function(result)
    M.keep(result.servers)
    done()
  end)
end

---A server's tools.
---@param name string
---@param done fun(tools: table[])
---@param failed? fun(err: table)
function M.tools(name, done, failed)
  M.request('mcp/listTools', { server = name }, function(result)
    done(result.tools)
  end, failed)
end

vim.api.nvim_create_autocmd('DirChanged', {
  group = vim.api.nvim_create_augroup('drawbridge.folder', {}),
  desc = 'Tell Drawbridge which folder the workspace is',
  callback = function()
    local client, now = id and vim.lsp.get_client_by_id(id), folder()
    local before = client and client.workspace_folders or {}
    if M.ready and before[1] and before[1].uri ~= now.uri then
      client.workspace_folders = { now }
      lsp('notify', 'workspace/didChangeWorkspaceFolders', { event = { added = { now }, removed = before } })
    end
  end,
})

return M
