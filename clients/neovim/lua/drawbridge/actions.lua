-- What a person can do with a server: the keys of the list, and the words of `:Drawbridge`.
local client = require('drawbridge.client')

local M = {}

---@class drawbridge.Action
---@field key string
---@field word string
---@field run fun(server: drawbridge.Server)
---@field fits? fun(server: drawbridge.Server): boolean Whether it makes sense; always when absent.

local function is(...)
  local kinds = { ... }
  return function(server)
    return vim.list_contains(kinds, server.state.kind)
  end
end

local function signed_in(server)
  return server.authentication.kind == 'authenticated'
end

local function always()
  return true
end

local function send(method)
  return function(server)
    client.request(method, { server = server.name })
  end
end

-- Text in a buffer of its own, which `q` closes.
local function page(name, lines)
  local buffer = vim.fn.bufadd('drawbridge://' .. name)
  vim.fn.bufload(buffer)
  vim.bo[buffer].buftype, vim.bo[buffer].bufhidden, vim.bo[buffer].swapfile = 'nofile', 'wipe', false
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(table.concat(lines, '\n'), '\n'))
  vim.bo[buffer].modifiable = false
  vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = buffer, desc = 'Close' })
  vim.cmd.sbuffer(buffer)
end

-- Shows what would run and where it comes from, and asks.
local function approve(server)
  local origin = vim.uri_to_fname(server.origin.file)
  vim.ui.select({ 'Approve', 'Not now' }, { prompt = ('Start %s? %s (from %s)'):format(server.name, server.target, origin) }, function(choice)
    if choice == 'Approve' then
      client.request('mcp/approve', { server = server.name, definitionDigest = server.state.definitionDigest })
    end
  end)
end

local function toggle(server)
  client.request('mcp/setEnabled', { server = server.name, enabled = server.state.kind == 'disabled' })
end

local function tools(server)
  client.tools(server.name, function(found)
    local lines = { ('%d tools of %s'):format(#found, server.name) }
    for _, tool in ipairs(found) do
      local description = vim.trim(tool.description or ''):gsub('\n', '\n    ')
      vim.list_extend(lines, { '', tool.name, '    ' .. description })
    end
    page('tools/' .. server.name, lines)
  end)
end

local function log(server)
  client.request('mcp/logs', { server = server.name }, function(result)
    local lines = { 'Log of ' .. server.name }
    for _, entry in ipairs(result.entries) do
      table.insert(lines, ('%s %-7s %s'):format(entry.time, entry.level, entry.message))
    end
    page('log/' .. server.name, lines)
  end)
end

local function authenticate(server)
  require('drawbridge.sign_in').start(server.name)
end

---@type drawbridge.Action[]
M.all = {
  { key = 'a', word = 'authenticate', run = authenticate, fits = is('authRequired', 'authenticating', 'connected', 'failed') },
  { key = 'o', word = 'signout', run = send('mcp/signOut'), fits = signed_in },
  { key = 'r', word = 'restart', run = send('mcp/connect') },
  { key = 's', word = 'stop', run = send('mcp/disconnect') },
  { key = 'e', word = 'toggle', run = toggle },
  { key = 'p', word = 'approve', run = approve, fits = is('untrusted') },
  { key = 't', word = 'tools', run = tools },
  { key = 'l', word = 'log', run = log },
}

local function find(word)
  return vim.iter(M.all):find(function(action)
    return action.word == word
  end)
end

-- The servers an action makes sense for; of those to sign in to, the ones that need it, if there are any.
local function candidates(action)
  local servers = vim.tbl_filter(action.fits or always, client.servers)
  local urgent = action.word == 'authenticate' and vim.tbl_filter(is('authRequired'), servers) or {}
  return #urgent > 0 and urgent or servers
end

---Does an action for a server, now that the list is known.
---@param action drawbridge.Action
---@param name? string The only server it fits, or the person's choice, when absent.
function M.perform(action, name)
  local servers = vim.tbl_filter(function(server)
    return not name or server.name == name
  end, name and client.servers or candidates(action))
  if #servers == 0 then
    client.tell(name and ('there is no server %s.'):format(name) or ('there is no server to %s.'):format(action.word), vim.log.levels.WARN)
  elseif #servers > 1 then
    local function label(server)
      return server.name
    end
    vim.ui.select(servers, { prompt = 'Drawbridge ' .. action.word, format_item = label }, function(server)
      return server and action.run(server)
    end)
  elseif action.fits and not action.fits(servers[1]) then
    client.tell(('nothing to %s for %s.'):format(action.word, servers[1].name), vim.log.levels.WARN)
  else
    action.run(servers[1])
  end
end

---`:Drawbridge [word] [server]`
function M.run(word, argument)
  local action = find(word)
  if not word then
    require('drawbridge.view').open()
  elseif word == 'complete' and argument then
    require('drawbridge.sign_in').complete(argument)
  elseif action then
    -- The command may be what starts Drawbridge, and the list as it was may be old.
    client.refresh(function()
      M.perform(action, argument)
    end)
  else
    client.tell(word == 'complete' and 'paste the address after :Drawbridge complete' or 'there is no command ' .. word .. '.', vim.log.levels.WARN)
  end
end

---@return string[]
function M.complete(lead, line)
  local words = vim.split(line, '%s+')
  local action = #words == 3 and find(words[2])
  local found = action and candidates(action) or #words < 3 and M.all or {}
  local names = vim.tbl_map(function(one)
    return one.word or one.name
  end, found)
  if #words < 3 then
    table.insert(names, 'complete')
  end
  return vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, names)
end

return M
