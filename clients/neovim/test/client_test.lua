-- The conversation with the server, and what the person sees of it.
local h = require('harness')
local fits = require('fits')
local protocol = require('drawbridge.protocol')

local function open_list()
  vim.cmd.Drawbridge()
  h.wait('the list', function()
    return vim.fn.search('connected', 'w') > 0
  end)
end

local function press(keys)
  vim.api.nvim_feedkeys(vim.keycode(keys), 'xt', false)
end

local function press_on(server, key)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search('^  ' .. server .. '\\>', 'w') > 0, server .. ' is not listed')
  press(key)
end

local function wait_for(method)
  local found
  h.wait(method, function()
    found = h.seen(method)
    return #found > 0
  end)
  assert(#found == 1, method .. ' was sent more than once')
  return found[1].params
end

local function with_state(state)
  local server = h.example('AuthRequiredParams', 'one').servers[1]
  server.state = state
  h.send({ method = 'mcp/statusChanged', params = { servers = { server } } })
  h.answer('mcp/listServers', { result = { servers = { server } } })
  return server
end

h.test('it says what it can show', function()
  h.start()
  local initialize = h.seen('initialize')[1].params
  local mcp = initialize.capabilities.experimental.mcp
  assert(fits(mcp, 'McpClientCapabilities'), vim.inspect(mcp))
  assert(mcp.statusChanged and mcp.authRequired and mcp.elicit.form)
  assert(initialize.workspaceFolders[1].uri == vim.uri_from_fname(vim.fn.getcwd()))
end)

h.test('nothing runs until it is needed, and nothing is said', function()
  assert(not h.client())
  vim.cmd.edit('notes.json')
  assert(not h.client(), 'an ordinary JSON file started it')
  assert(#h.notices == 0)
end)

h.test('a configuration file starts it and gets its help', function()
  vim.fn.mkdir('.vscode', 'p')
  vim.fn.writefile({ '{}' }, '.vscode/mcp.json')
  vim.cmd.edit('.vscode/mcp.json')
  h.wait('the file at the server', function()
    return h.client() and h.client().initialized and #h.seen('textDocument/didOpen') == 1
  end)
  assert(#h.notices == 0, 'it was not quiet')
end)

h.test('the setting attach = false keeps it from doing so', function()
  require('drawbridge').setup({ attach = false })
  vim.cmd.edit('.vscode/mcp.json')
  assert(not h.client())
end)

h.test('the list shows state, tools, account and what waits for approval', function()
  open_list()
  local lines = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  assert(lines:find('github%s+connected%s+41 tools%s+ada@example.com'), lines)
  assert(lines:find('build%s+needs approval'), lines)
  assert(lines:find('./tools/build-mcp --stdio', 1, true), lines)
  assert(lines:find('from /home/ada/src/engine/.vscode/mcp.json', 1, true), lines)
  assert(not vim.bo.modifiable)
end)

h.test('the list follows changes, and shows failures with what to do', function()
  open_list()
  with_state(h.example('ServerState', 'failed'))
  h.wait('the failure', function()
    return vim.fn.search('failed', 'w') > 0
  end)
  assert(vim.fn.search('Check the server.s address', 'w') > 0)
  with_state({ kind = 'dreaming' })
  h.wait('a state of the future', function()
    return vim.fn.search('dreaming', 'w') > 0
  end)
end)

h.test('each key does what the help says', function()
  open_list()
  press('?')
  assert(vim.fn.search('a authenticate', 'w') > 0)
  assert(vim.fn.search('c complete by hand   x cancel', 'w') > 0)
  press_on('github', 'o')
  assert(wait_for('mcp/signOut').server == 'github')
  press_on('github', 'r')
  assert(wait_for('mcp/connect').server == 'github')
  press_on('github', 's')
  assert(wait_for('mcp/disconnect').server == 'github')
  press_on('github', 'e')
  assert(vim.deep_equal(wait_for('mcp/setEnabled'), { server = 'github', enabled = false }))
  press_on('github', 't')
  h.wait('the tools', function()
    return vim.fn.bufname() == 'drawbridge://tools/github' and vim.fn.search('create_issue', 'w') > 0
  end)
  press('q')
  press_on('github', 'l')
  h.wait('the log', function()
    return vim.fn.bufname() == 'drawbridge://log/github' and vim.fn.search('rate limit', 'w') > 0
  end)
  press('q')
  press('q')
  assert(vim.fn.bufname() ~= 'drawbridge://servers')
  assert(#h.notices == 0, vim.inspect(h.notices))
end)

h.test('an approval shows the definition and covers exactly that one', function()
  open_list()
  h.answers = { 'Not now' }
  press_on('build', 'p')
  h.wait('the question', function()
    return #h.asked == 1
  end)
  assert(h.asked[1]:find('./tools/build-mcp --stdio', 1, true) and h.asked[1]:find('/home/ada/src/engine/.vscode/mcp.json', 1, true))
  h.answers = { 'Approve' }
  press_on('build', 'p')
  assert(vim.deep_equal(wait_for('mcp/approve'), { server = 'build', definitionDigest = 'sha256:9f2c5b1e' }))
end)

h.test('needing a sign-in makes one message and opens nothing', function()
  h.start()
  h.send({ method = 'mcp/authRequired', params = h.example('AuthRequiredParams', 'one') })
  assert(#h.notices == 1 and h.notices[1]:find(':Drawbridge authenticate github', 1, true), vim.inspect(h.notices))
  assert(h.notices[1]:find('codecompanion called github/create_issue', 1, true))
  h.send({ method = 'mcp/authRequired', params = h.example('AuthRequiredParams', 'many') })
  assert(#h.notices == 2 and h.notices[2] == 'Drawbridge: sign-in needed for github, tracker: :Drawbridge authenticate', vim.inspect(h.notices))
  local twenty = {}
  for i = 1, 20 do
    twenty[i] = vim.tbl_extend('force', h.example('AuthRequiredParams', 'one').servers[1], { name = 'server' .. i })
  end
  h.send({ method = 'mcp/authRequired', params = { servers = twenty } })
  assert(h.notices[3] == 'Drawbridge: sign-in needed for server1, server2, server3 and 17 more: :Drawbridge authenticate', h.notices[3])
  assert(#h.opened == 0 and #h.seen('mcp/authenticate') == 0)
end)

h.test(':Drawbridge authenticate opens the browser once and says how it ended', function()
  vim.cmd('Drawbridge authenticate github')
  h.wait('the browser', function()
    return #h.opened > 0
  end)
  assert(vim.deep_equal(h.opened, { h.example('SignInFlow', 'browser').authorizationUrl }))
  h.send({ method = 'mcp/authCompleted', params = h.example('AuthCompletedParams', 'succeeded') })
  h.send({ method = 'mcp/authCompleted', params = h.example('AuthCompletedParams', 'failed') })
  assert(h.notices[1] == 'Drawbridge: sign in to github in your browser.', vim.inspect(h.notices))
  assert(h.notices[2] == 'Drawbridge: signed in to github as ada@example.com.', vim.inspect(h.notices))
  assert(h.notices[3]:find('pin the issuer', 1, true), vim.inspect(h.notices))
  assert(#h.notices == 3)
end)

local function page_with_address(url)
  h.wait('the address', function()
    return vim.fn.bufname() == 'drawbridge://address'
  end)
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  assert(vim.list_contains(lines, url) and vim.list_contains(lines, ':Drawbridge complete'), vim.inspect(lines))
end

h.test('over SSH the address is shown, and pasted back', function()
  require('drawbridge').setup({ remote = true })
  vim.cmd('Drawbridge authenticate github')
  page_with_address(h.example('SignInFlow', 'browser').authorizationUrl)
  assert(#h.notices == 0 and #h.opened == 0, vim.inspect(h.notices))
  with_state(h.example('ServerState', 'authenticating'))
  h.answers = { ' http://127.0.0.1:48801/callback?code=x&state=Gp3Vq1 ' }
  vim.cmd('Drawbridge complete')
  assert(vim.deep_equal(wait_for('mcp/completeAuthentication'), { flowId = 'flow-7', callbackUrl = 'http://127.0.0.1:48801/callback?code=x&state=Gp3Vq1' }))
end)

h.test('where nothing can open an address, it is shown', function()
  local opener = h.opener
  local url = h.example('SignInFlow', 'browser').authorizationUrl
  h.opener = nil
  vim.cmd('Drawbridge authenticate github')
  page_with_address(url)
  vim.cmd.bwipeout()
  -- Or only said so later, as xdg-open does without a browser.
  h.opener = vim.system({ 'sh', '-c', 'exit 3' })
  vim.cmd('Drawbridge authenticate github')
  page_with_address(url)
  h.opener = opener
end)

h.test('a running sign-in is cancelled', function()
  h.start()
  with_state(h.example('ServerState', 'authenticating'))
  vim.cmd('Drawbridge cancel github')
  assert(wait_for('mcp/cancelAuthentication').flowId == 'flow-7')
end)

h.test('an address of no running sign-in is not sent', function()
  h.start()
  vim.cmd('Drawbridge complete http://127.0.0.1:48801/callback?code=x&state=Gp3Vq1')
  assert(h.notices[1]:find('whole address', 1, true) and #h.seen('mcp/completeAuthentication') == 0, vim.inspect(h.notices))
end)

h.test(':Drawbridge complete finds the flow by its state', function()
  h.start()
  local server = h.example('AuthRequiredParams', 'one').servers[1]
  local other = vim.deepcopy(server)
  server.state = { kind = 'authenticating', flow = h.example('SignInFlow', 'browser') }
  other.name, other.state = 'other', { kind = 'authenticating', flow = vim.tbl_extend('force', server.state.flow, { flowId = 'flow-8', authorizationUrl = 'https://login.example.com/a?state=other' }) }
  h.send({ method = 'mcp/statusChanged', params = { servers = { server, other } } })
  vim.cmd('Drawbridge complete http://127.0.0.1:48801/callback?code=x&state=Gp3Vq1')
  assert(wait_for('mcp/completeAuthentication').flowId == 'flow-7')
end)

h.test('an address that is no web page is never opened', function()
  h.start()
  h.answer('mcp/authenticate', { result = vim.tbl_extend('force', h.example('SignInFlow', 'browser'), { authorizationUrl = 'file:///etc/passwd', userCode = 'X' }) })
  vim.cmd('Drawbridge authenticate github')
  h.wait('the refusal', function()
    return vim.iter(h.notices):any(function(notice)
      return notice:find('refused', 1, true)
    end)
  end)
  assert(#h.opened == 0)
end)

h.test('a message of the server is shown as such', function()
  h.start()
  h.send({ method = 'window/showMessage', params = { type = 2, message = 'A file is broken.' } })
  assert(vim.deep_equal(h.notices, { 'Drawbridge: A file is broken.' }), vim.inspect(h.notices))
end)

h.test('errors are shown with what to do', function()
  h.start()
  local failure = h.example('Failure', 'withUrl')
  h.answer('mcp/connect', { error = { code = protocol.errorCodes.operationFailed, message = failure.message, data = failure } })
  vim.cmd('Drawbridge restart github')
  h.wait('the error', function()
    return #h.notices > 0
  end)
  assert(h.notices[1]:find(failure.message, 1, true) and h.notices[1]:find(failure.action, 1, true))
end)

h.test('completion offers the commands, and the servers that fit', function()
  h.start()
  assert(vim.list_contains(vim.fn.getcompletion('Drawbridge ', 'cmdline'), 'authenticate'))
  assert(vim.deep_equal(vim.fn.getcompletion('Drawbridge approve ', 'cmdline'), { 'build' }))
  assert(vim.deep_equal(vim.fn.getcompletion('Drawbridge restart g', 'cmdline'), { 'github' }))
end)

h.test('a form is asked by its fields and answered in the protocol', function()
  h.start()
  local schema = {
    type = 'object',
    properties = {
      repository = { type = 'string', title = 'Repository' },
      count = { type = 'integer', minimum = 1 },
      colour = { type = 'string', enum = { 'r', 'g' }, enumNames = { 'Red', 'Green' } },
      sure = { type = 'boolean' },
      zz = { type = 'string' },
    },
    required = { 'repository', 'count', 'colour', 'sure' },
  }
  h.answers = { 'Answer', 'ada/engine', '0', '3', 'Green', 'No', '' }
  h.send({ id = 'e1', method = 'mcp/elicit', params = { server = 'github', request = { mode = 'form', message = 'Which one?', requestedSchema = schema } } })
  local answer
  h.wait('the answer', function()
    answer = vim.iter(h.seen()):find(function(message)
      return message.id == 'e1'
    end)
    return answer
  end)
  assert(fits(answer.result, 'ElicitResult'), vim.inspect(answer))
  assert(vim.deep_equal(answer.result.content, { repository = 'ada/engine', count = 3, colour = 'g', sure = false }), vim.inspect(answer))
  for _, prompt in ipairs(h.asked) do
    assert(prompt:find('github', 1, true), 'it did not say who asks: ' .. prompt)
  end
end)

h.test('a question of a server can be declined and closed; a URL opens only on agreement', function()
  h.start()
  for given, expected in pairs({ Decline = 'decline', [false] = 'cancel', ['Open https://mcp.example.com/connect/7f3a'] = 'accept' }) do
    h.answers = { given }
    local id = 'e-' .. expected
    h.send({ id = id, method = 'mcp/elicit', params = h.example('ElicitParams', 'url') })
    local answer
    h.wait('the answer', function()
      answer = vim.iter(h.seen()):find(function(message)
        return message.id == id
      end)
      return answer
    end)
    assert(fits(answer.result, 'ElicitResult') and answer.result.action == expected, vim.inspect(answer))
  end
  assert(vim.deep_equal(h.opened, { 'https://mcp.example.com/connect/7f3a' }))
end)

h.test('the statusline is told', function()
  local told = 0
  vim.api.nvim_create_autocmd('User', {
    group = vim.api.nvim_create_augroup('drawbridge.test', {}),
    pattern = 'DrawbridgeStatus',
    callback = function()
      told = told + 1
    end,
  })
  assert(require('drawbridge').status() == '')
  h.start()
  assert(told == 1 and require('drawbridge').status() == 'MCP 1/2', require('drawbridge').status())
  with_state(h.example('ServerState', 'authRequired'))
  assert(require('drawbridge').status() == 'MCP 0/1, 1 sign-in', require('drawbridge').status())
end)

h.test('tools that changed are offered anew', function()
  h.start()
  local gathered = 0
  require('drawbridge.offers').follow(function()
    gathered = gathered + 1
  end)
  h.send({ method = 'mcp/catalogChanged', params = { server = 'github', kinds = { 'tools' } } })
  h.wait('the tools again', function()
    return gathered == 2
  end)
end)

h.test('an empty list says what to do', function()
  h.start()
  h.answer('mcp/listServers', { result = { servers = {} } })
  vim.cmd.Drawbridge()
  h.wait('the hint', function()
    return vim.fn.search(':help drawbridge-servers', 'w') > 0
  end)
end)

h.test('codecompanion gets the tools, asks before each call, and gets the answer', function()
  local config = { interactions = { chat = { tools = {} } } }
  package.loaded['codecompanion.config'] = config
  package.loaded['codecompanion._extensions.drawbridge'] = nil
  require('codecompanion._extensions.drawbridge').setup()
  h.wait('the tool', function()
    return config.interactions.chat.tools['github__create_issue']
  end)
  local entry = config.interactions.chat.tools['github__create_issue']
  assert(entry.opts.require_approval_before)
  local tool, outcome = entry.callback(), nil
  tool.cmds[1](tool, { title = 'Crash' }, {
    output_cb = function(value)
      outcome = value
    end,
  })
  h.wait('the outcome', function()
    return outcome
  end)
  assert(vim.deep_equal(outcome, { status = 'success', data = 'Opened issue 42.' }), vim.inspect(outcome))
  assert(h.seen('mcp/callTool')[1].params.requestedBy == 'codecompanion called github/create_issue')
  local shown
  local chat = {
    add_tool_output = function(_, _, text)
      shown = text
    end,
  }
  tool.output.success(tool, { outcome.data }, { tools = { chat = chat } })
  assert(shown == 'Opened issue 42.')
end)

h.test('avante gets the tools in its own form', function()
  local avante = require('drawbridge.avante')
  local tools
  h.wait('the tool', function()
    tools = avante.tools()
    return #tools == 1
  end)
  assert(tools[1].name == 'github__create_issue')
  assert(vim.deep_equal(tools[1].param.fields[2], { name = 'title', description = 'title', type = 'string', optional = false }))
  local text
  tools[1].func({ title = 'Crash' }, nil, function(value)
    text = value
  end)
  h.wait('the answer', function()
    return text
  end)
  assert(text == 'Opened issue 42.')
end)

h.test('a tool that fails, and a server that needs a sign-in, are told as errors', function()
  h.start()
  local outcome
  require('drawbridge.offers').follow(function(offers)
    outcome = offers[1]
  end)
  h.wait('the offer', function()
    return outcome
  end)
  local offer, problem = outcome, nil
  local function run()
    problem = nil
    offer.run({}, 'test', function(_, told)
      problem = told
    end)
    h.wait('the problem', function()
      return problem
    end)
    return problem
  end
  h.answer('mcp/callTool', { result = { result = { isError = true, content = { { type = 'text', text = 'no such label' } } } } })
  assert(run() == 'no such label')
  local failure = h.example('Failure', 'withUrl')
  h.answer('mcp/callTool', { error = { code = -31003, message = 'github needs a sign-in.', data = failure } })
  assert(run():find('github needs a sign-in. ' .. failure.action, 1, true), problem)
end)

h.test('without the program, it says once what to do', function()
  vim.g.drawbridge = { cmd = { 'no-such-program' } }
  vim.cmd.Drawbridge()
  vim.cmd.edit('.vscode/mcp.json')
  assert(#h.notices == 1 and h.notices[1]:find('vim.g.drawbridge.cmd', 1, true), vim.inspect(h.notices))
end)

h.test('without the program, opening a configuration file says so once too', function()
  vim.g.drawbridge = { cmd = 'no-such-program' }
  vim.cmd.edit('.vscode/mcp.json')
  vim.cmd.edit('.mcp.json')
  assert(#h.notices == 1, vim.inspect(h.notices))
end)

h.test('wrong settings are told once, and the others hold', function()
  vim.g.drawbridge = vim.tbl_extend('force', vim.g.drawbridge, { colour = 'red' })
  h.start()
  assert(#h.notices == 1 and h.notices[1]:find('colour', 1, true), vim.inspect(h.notices))
end)

h.test('a program that cannot run says why', function()
  vim.fn.writefile({ '#!/bin/sh', 'echo "drawbridge: no Java 25 or newer was found." >&2', 'exit 1' }, 'broken')
  vim.fn.setfperm('broken', 'rwxr-xr-x')
  vim.g.drawbridge = { cmd = { vim.fn.getcwd() .. '/broken' } }
  require('drawbridge.client').start()
  h.wait('the reason', function()
    return vim.iter(h.notices):any(function(notice)
      return notice:find('no Java 25', 1, true) ~= nil
    end)
  end)
end)

h.test('it starts again when the program ends', function()
  h.start()
  local before = h.client().id
  h.spy('spy/end')
  h.wait('a new connection', function()
    local client = h.client()
    return client and client.id ~= before and client.initialized and #require('drawbridge').servers() > 0
  end)
end)

h.test('another folder is told to the server', function()
  h.start()
  local before = vim.fn.getcwd()
  vim.fn.mkdir('elsewhere', 'p')
  vim.cmd.cd('elsewhere')
  local event = wait_for('workspace/didChangeWorkspaceFolders').event
  vim.cmd.cd(before)
  assert(event.added[1].uri == vim.uri_from_fname(before .. '/elsewhere') and event.removed[1].uri == vim.uri_from_fname(before))
end)

h.test('wrong settings are named by :checkhealth, which runs the program too', function()
  vim.g.drawbridge = { cmd = 'no-such-program', colour = 'red', attach = 'yes' }
  vim.cmd('silent checkhealth drawbridge')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  for _, text in ipairs({ 'no-such-program was not found', 'setting colour is not known', 'setting attach is no boolean' }) do
    assert(report:find(text, 1, true), report)
  end
end)

h.test('everything the client sends fits the protocol', function()
  open_list()
  press_on('github', 'o')
  press_on('github', 'e')
  press_on('github', 'l')
  vim.cmd('Drawbridge tools github')
  local checked = 0
  h.wait('the messages', function()
    return #h.seen('mcp/logs') > 0 and #h.seen('mcp/listTools') > 0
  end)
  for _, message in ipairs(h.seen()) do
    local known = protocol.methods[message.method]
    assert(known or not vim.startswith(message.method or '', 'mcp/'), message.method)
    if known then
      assert(known.direction == 'clientToServer' and fits(message.params, known.params), vim.inspect(message))
      checked = checked + 1
    end
  end
  assert(checked > 4)
end)

h.test('the help has a tag for each thing it is asked for', function()
  vim.fn.mkdir('help/doc', 'p')
  vim.uv.fs_copyfile(h.root .. '/clients/neovim/doc/drawbridge.txt', 'help/doc/drawbridge.txt')
  vim.cmd.helptags('help/doc')
  local tags = table.concat(vim.fn.readfile('help/doc/tags'), '\n')
  for _, tag in ipairs({ 'drawbridge', ':Drawbridge', 'drawbridge-servers', 'drawbridge-settings', 'DrawbridgeStatus' }) do
    assert(('\n' .. tags):find('\n' .. tag .. '\t', 1, true), tag)
  end
end)

h.test('it is small', function()
  -- What is written by hand, tests aside: every line but blank ones and those with nothing but a comment.
  local count = 0
  for _, file in ipairs(vim.fn.globpath(h.root .. '/clients/neovim', '{lua,plugin,syntax}/**/*.{lua,vim}', false, true)) do
    for _, line in ipairs(vim.endswith(file, '/protocol.lua') and {} or vim.fn.readfile(file)) do
      count = count + ((line:match('^%s*$') or line:match('^%s*%-%-') or line:match('^%s*"')) and 0 or 1)
    end
  end
  assert(count > 500 and count < 800, count)
end)
