-- A language server for the clients' tests: does as the test says, and remembers what it was told. Run by `nvim -l`.
-- `spy/send` makes it send the message in `text`, `spy/answer` sets the `text` of a method's answer after its id, `spy/seen`
-- gives all it received, and `spy/end` ends it.
local root = vim.fs.normalize(vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h:h'))
package.path = root .. '/clients/neovim/lua/?.lua;' .. package.path
local protocol = require('drawbridge.protocol')

local function example(type_, name)
  local file = assert(io.open(('%s/protocol-spec/examples/%s/valid/%s.json'):format(root, type_, name)))
  local text = file:read('*a')
  file:close()
  return text
end

-- Messages are kept and sent as text: a Lua table would lose the order of an object's members.
local function send(body)
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
      return io.stdin:read(length)
    end
  end
end

local methods = {}
for method, message in pairs(protocol.methods) do
  if message.direction == 'clientToServer' then
    table.insert(methods, method)
  end
end

local function result(text)
  return '"result":' .. text
end

local mcp = { version = '1.0', methods = methods }
local status = example('StatusChangedParams', 'typical')
local answers = {
  initialize = result(vim.json.encode({ capabilities = { textDocumentSync = 1, experimental = { mcp = mcp } } })),
  shutdown = result('null'),
  ['mcp/listServers'] = result(status),
  ['mcp/authenticate'] = result(example('SignInFlow', 'browser')),
  ['mcp/signOut'] = result('{"revoked":true}'),
  ['mcp/listTools'] = result(example('ListToolsResult', 'typical')),
  ['mcp/callTool'] = result(example('McpResult', 'callTool')),
  ['mcp/logs'] = result(example('LogsResult', 'typical')),
}
local seen = {}

while true do
  local body = receive()
  local message = vim.json.decode(body)
  local function answer(text)
    send(('{"jsonrpc":"2.0","id":%s,%s}'):format(vim.json.encode(message.id), text))
  end
  if message.method == 'spy/seen' then
    answer(result('[' .. table.concat(seen, ',') .. ']'))
  elseif message.method == 'spy/send' then
    send(message.params.text)
    answer(result('null'))
  elseif message.method == 'spy/answer' then
    answers[message.params.method] = message.params.text
    answer(result('null'))
  elseif message.method == 'spy/end' then
    answer(result('null'))
    os.exit(3)
  elseif message.method == 'exit' then
    os.exit(0)
  else
    table.insert(seen, body)
    if message.id and message.method then
      answer(answers[message.method] or result('{}'))
    elseif message.method == 'initialized' then
      send('{"jsonrpc":"2.0","method":"mcp/statusChanged","params":' .. status .. '}')
    end
  end
end
