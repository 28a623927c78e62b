-- The list of servers, in a plain buffer that follows every change.
local actions = require('drawbridge.actions')
local client = require('drawbridge.client')

local M = {}

local NAME = 'drawbridge://servers'
local HELP = {
  '  a authenticate   c complete by hand   x cancel   o sign out   p approve',
  '  r restart   s stop   e enable or disable   t tools   l log   q close   ? keys',
}
local STATES = { untrusted = 'needs approval', authRequired = 'needs sign-in', authenticating = 'signing in' }

local buffer, help, at_line = nil, false, {}

-- Why a server is in its state, and what to do about it.
local function details(server)
  local state = server.state
  if state.failure then
    return { state.failure.message, state.failure.action }
  elseif state.kind == 'untrusted' then
    return { server.target, 'from ' .. vim.uri_to_fname(server.origin.file) }
  elseif state.kind == 'authenticating' then
    return { 'in your browser; c pastes the address it ended at, x cancels' }
  end
  return { state.reason and state.reason.requestedBy }
end

local function draw()
  if not buffer or not vim.api.nvim_buf_is_loaded(buffer) then
    return
  end
  local lines = vim.list_extend({ 'MCP servers (? shows the keys)' }, help and HELP or {})
  if #client.servers == 0 then
    table.insert(lines, client.ready and '  There are none. :help drawbridge-servers says how to add one.' or '  There is no connection yet.')
  end
  at_line = {}
  for _, server in ipairs(client.servers) do
    local authentication, count = server.authentication, server.counts.tools
    local account = authentication.kind == 'authenticated' and (authentication.account or 'signed in') or ''
    -- A kind that is not known is shown as its name.
    local state = STATES[server.state.kind] or server.state.kind
    local line = ('  %-20s  %-16s %-10s %s'):format(server.name, state, count > 0 and count .. ' tools' or '', account)
    table.insert(lines, (line:gsub('%s+$', '')))
    at_line[#lines] = server.name
    for _, detail in ipairs(details(server)) do
      table.insert(lines, '      ' .. detail:gsub('%s+', ' '))
      at_line[#lines] = server.name
    end
  end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable = false
end

local function map(key, description, run)
  vim.keymap.set('n', key, run, { buffer = buffer, nowait = true, desc = 'Drawbridge: ' .. description })
end

local function create()
  buffer = vim.fn.bufadd(NAME)
  vim.fn.bufload(buffer)
  vim.bo[buffer].buftype, vim.bo[buffer].swapfile, vim.bo[buffer].filetype = 'nofile', false, 'drawbridge'
  for _, action in ipairs(actions.all) do
    map(action.key, action.word, function()
      local name = at_line[vim.fn.line('.')]
      return name and actions.perform(action, name)
    end)
  end
  map('?', 'show the keys', function()
    help = not help
    draw()
  end)
  map('q', 'close', function()
    -- The last window stays, with another buffer.
    return pcall(vim.cmd.close) or vim.cmd.enew()
  end)
  vim.api.nvim_create_autocmd('User', { group = vim.api.nvim_create_augroup('drawbridge.view', {}), pattern = 'DrawbridgeStatus', callback = draw })
end

---Opens the list, or goes to it.
function M.open()
  if not buffer or not vim.api.nvim_buf_is_valid(buffer) then
    create()
  end
  local window = vim.fn.bufwinid(buffer)
  if window ~= -1 then
    vim.api.nvim_set_current_win(window)
  else
    vim.cmd.sbuffer(buffer)
  end
  vim.wo[0][0].cursorline = true
  draw()
  client.refresh(function()
    draw()
    -- From the title to the first server, so that the keys have one to work on.
    if vim.api.nvim_get_current_buf() == buffer and vim.fn.line('.') == 1 then
      vim.fn.cursor(2, 3)
    end
  end)
end

return M
