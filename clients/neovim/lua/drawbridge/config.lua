-- The settings: what `setup` was given over `vim.g.drawbridge` over the defaults.
local M = {}

---@class drawbridge.Config
---@field cmd string[] The program and its first arguments; found by itself when left out.
---@field attach boolean Whether opening an MCP configuration file starts Drawbridge for it.
---@field remote boolean Whether the browser runs on another machine, so that the address it ends at has to be pasted.

local KINDS = { cmd = { 'string', 'table' }, attach = { 'boolean' }, remote = { 'boolean' } }
local given = {}

function M.set(options)
  given = options or {}
end

---The program on PATH, else the launcher of the checkout this file is in.
local function found()
  local checkout = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h:h:h:h') .. '/drawbridge'
  return (vim.fn.executable('drawbridge') == 0 and vim.fn.executable(checkout) == 1) and checkout or 'drawbridge'
end

---The settings that fit, what is wrong with the others, and whether the program is missing.
---@return drawbridge.Config, string[], string?
function M.get()
  local raw = vim.g.drawbridge or {}
  local problems = {}
  if type(raw) ~= 'table' then
    raw, problems = {}, { 'vim.g.drawbridge is no table.' }
  end
  local config = { attach = true, remote = (vim.env.SSH_CONNECTION or vim.env.SSH_TTY) ~= nil }
  for key, value in vim.spairs(vim.tbl_extend('force', raw, given)) do
    if not KINDS[key] then
      table.insert(problems, ('The setting %s is not known; there are attach, cmd and remote.'):format(key))
    elseif not vim.list_contains(KINDS[key], type(value)) then
      table.insert(problems, ('The setting %s is no %s.'):format(key, table.concat(KINDS[key], ' and no ')))
    else
      config[key] = value
    end
  end
  config.cmd = config.cmd or found()
  config.cmd = type(config.cmd) == 'table' and config.cmd or { config.cmd }
  local missing = 'the program %s was not found. Put it on PATH or name it in vim.g.drawbridge.cmd.'
  return config, problems, vim.fn.executable(config.cmd[1]) == 0 and missing:format(config.cmd[1]) or nil
end

return M
