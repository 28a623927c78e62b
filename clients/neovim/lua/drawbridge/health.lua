-- `:checkhealth drawbridge`: what is missing, and what to do about it.
local M = {}

function M.check()
  local health = vim.health
  local client = require('drawbridge.client')
  local config, problems, missing = require('drawbridge.config').get()
  health.start('drawbridge')
  if vim.fn.has('nvim-0.10') == 0 then
    health.error('Neovim is too old.', 'Install Neovim 0.10 or newer.')
  end
  for _, problem in ipairs(problems) do
    health.warn(problem, ':help drawbridge-settings names them all.')
  end
  local program = config.cmd[1]
  if missing then
    return health.error(missing)
  end
  local result = vim.system(vim.list_extend(vim.list_slice(config.cmd), { '--version' }), { text = true }):wait(20000)
  if result.code ~= 0 then
    return health.error(('%s --version failed.'):format(program), vim.trim(result.stderr or ''))
  end
  health.ok(('%s runs: %s'):format(program, vim.trim(result.stdout or '')))
  if not client.ready then
    health.info('The connection is not open; :Drawbridge opens it.')
  end
  for _, server in ipairs(client.servers) do
    local failure = server.state.failure
    local report = failure and health.warn or health.ok
    report(('%s: %s'):format(server.name, failure and failure.message or server.state.kind), failure and failure.action)
  end
end

return M
