-- What a person can do with a server: the keys of the list, and the words of `:Drawbridge`.
local client = require('drawbridge.client')
local page = require('drawbridge.page')
local sign_in = require('drawbridge.sign_in')

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

local function send(method)
  return function(server)
    client.request(method, { server = server.name })
  end
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

local function cancel(server)
  client.request('mcp/cancelAuthentication', { flowId = sign_in.flow(server).flowId })
end

local function can_sign_in(server)
  return not is('disabled', 'untrusted')(server)
end

---@type drawbridge.Action[]
M.all = {
  { key = 'a', word = 'authenticate', run = sign_in.start, fits = can_sign_in },
  { key = 'c', word = 'complete', run = sign_in.ask, fits = sign_in.flow },
  { key = 'x', word = 'cancel', run = cancel, fits = sign_in.flow },
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
  local servers = action.fits and vim.tbl_filter(action.fits, client.servers) or client.servers
  local urgent = action.word == 'authenticate' and vim.tbl_filter(is('authRequired'), servers) or {}
  return #urgent > 0 and urgent or servers
end

---Does an action for a server, now that the list is known.
---@param action drawbridge.Action
---@param name? string The only server it fits, or the person's choice, when absent.
function M.perform(action, name)
  local servers = name and vim.tbl_filter(function(server)
    return server.name == name and (not action.fits or action.fits(server))
  end, client.servers) or candidates(action)
  if #servers == 0 then
    client.tell(('nothing to %s%s.'):format(action.word, name and ' for ' .. name or ''), vim.log.levels.WARN)
  elseif #servers > 1 then
    local names = vim.tbl_map(function(server)
      return server.name
    end, servers)
    vim.ui.select(names, { prompt = 'Drawbridge ' .. action.word }, function(_, i)
      return i and action.run(servers[i])
    end)
  else
    action.run(servers[1])
  end
end

---`:Drawbridge [word] [server]`
function M.run(word, argument)
  local action = find(word)
  if not word then
    require('drawbridge.view').open()
  elseif word == 'complete' and (argument or ''):match('^%a+://') then
    sign_in.complete(argument)
  elseif action then
    -- The command may be what starts Drawbridge, and the list as it was may be old.
    client.refresh(function()
      M.perform(action, argument)
    end)
  else
    client.tell('there is no command ' .. word .. '.', vim.log.levels.WARN)
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
  return vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, names)
end

return M
