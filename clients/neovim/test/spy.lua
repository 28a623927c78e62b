-- A language server that does as the test says, and remembers what it was told. Run by `nvim -l`.
-- `spy/send` makes it send a message, `spy/answer` sets what a method is answered, `spy/seen` gives all it received.
local root = vim.fs.normalize(vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h:h:h'))
package.path = root .. '/clients/neovim/lua/?.lua;' .. package.path
local protocol = require('drawbridge.protocol')

local function example(type_, name)
  local file = assert(io.open(('%s/protocol-spec/examples/%s/valid/%s.json'):format(root, type_, name)))
  local text = file:read('*a')
  file:close()
  return vim.json.decode(text)
end

local function send(message)
  message.jsonrpc = '2.0'
  local body = vim.json.encode(message)
  io.stdout:write(('Content-Length: %d\r\n\r\n%s'):format(#body, body))
  io.stdout:flush()
end

local function receive()
  local length
  while true do
    local line = io.stdin:read('*l')
    if not line then
      os.exit(0)
    end
    line = line:gsub('\r$', '')
    length = tonumber(line:match('^Content%-Length: (%d+)$')) or length
    if line == '' then
      return vim.json.decode(io.stdin:read(length))
    end
  end
end

local methods = {}
for method, message in pairs(protocol.methods) do
  if message.direction == 'clientToServer' then
    table.insert(methods, method)
  end
end

local status = example('StatusChangedParams', 'typical')
local answers = {
  initialize = { result = { capabilities = { textDocumentSync = 1, experimental = { mcp = { version = '1.0', methods = methods } } } } },
  shutdown = { result = vim.NIL },
  ['mcp/listServers'] = { result = status },
  ['mcp/authenticate'] = { result = example('SignInFlow', 'browser') },
  ['mcp/signOut'] = { result = { revoked = true } },
  ['mcp/listTools'] = { result = example('ListToolsResult', 'typical') },
  ['mcp/callTool'] = { result = example('McpResult', 'callTool') },
  ['mcp/logs'] = { result = example('LogsResult', 'typical') },
}
local seen = {}

while true do
  local message = receive()
  if message.method == 'spy/seen' then
    send({ id = message.id, result = seen })
  elseif message.method == 'spy/send' then
    send(message.params)
    send({ id = message.id, result = vim.NIL })
  elseif message.method == 'spy/answer' then
    answers[message.params.method] = message.params.answer
    send({ id = message.id, result = vim.NIL })
  elseif message.method == 'spy/end' then
    send({ id = message.id, result = vim.NIL })
    os.exit(3)
  elseif message.method == 'exit' then
    os.exit(0)
  else
    table.insert(seen, message)
    if message.id and message.method then
      local answer = answers[message.method] or { result = vim.empty_dict() }
      send(vim.tbl_extend('force', { id = message.id }, answer))
    elseif message.method == 'initialized' then
      send({ method = 'mcp/statusChanged', params = status })
    end
  end
end
