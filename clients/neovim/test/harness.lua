-- The tests' tools: the client with a spy server, what the person sees and answers, and a report with the conversation.
local M = { notices = {}, opened = {}, asked = {} }

M.root = vim.fs.normalize(vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h:h:h'))
local here = M.root .. '/clients/neovim'
local results = { passed = 0, failed = 0 }

vim.opt.runtimepath:prepend(here)
vim.cmd.runtime('plugin/drawbridge.lua')
package.path = here .. '/test/?.lua;' .. package.path

---The program that opens addresses: a `vim.SystemObj`, or nothing where there is none.
M.opener = {
  is_closing = function()
    return false
  end,
}

---What the person will answer to the next questions, in turn; `false` closes a question.
M.answers = {}

local function answer(kind, prompt, choose, done)
  table.insert(M.asked, prompt)
  assert(#M.answers > 0, 'nobody expected the question: ' .. prompt)
  local given = table.remove(M.answers, 1)
  -- Later, as real pickers do.
  vim.schedule(function()
    done(given ~= false and choose(given) or nil)
  end)
end

vim.notify = function(message)
  table.insert(M.notices, message)
end
vim.ui.open = function(url)
  table.insert(M.opened, url)
  return M.opener
end
vim.ui.select = function(items, options, done)
  answer('select', options.prompt, function(given)
    for _, item in ipairs(items) do
      if (options.format_item or tostring)(item) == given then
        return item
      end
    end
    error(given .. ' is not offered')
  end, done)
end
vim.ui.input = function(options, done)
  answer('input', options.prompt, function(given)
    return given
  end, done)
end

---Waits until something is so.
function M.wait(what, condition)
  if not vim.wait(10000, condition, 10) then
    error(what .. ' did not happen', 2)
  end
end

function M.client()
  return vim.lsp.get_clients({ name = 'drawbridge' })[1]
end

---Sends a request of the spy's own and waits for its answer.
function M.spy(method, params)
  local client, answered, result = M.client(), false, nil
  local function done(err, value)
    assert(not err, vim.inspect(err))
    answered, result = true, value
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params or vim.empty_dict(), done)
  else
    client.request(method, params or vim.empty_dict(), done)
  end
  M.wait('the answer to ' .. method, function()
    return answered
  end)
  return result
end

---Makes the spy send a message.
function M.send(message)
  message.jsonrpc = '2.0'
  M.spy('spy/send', { text = vim.json.encode(message) })
end

---Makes the spy answer a method with `result` or `error`.
function M.answer(method, answer)
  M.spy('spy/answer', { method = method, text = vim.json.encode(answer):sub(2, -2) })
end

---What the spy was sent with this method, or every message.
function M.seen(method)
  return vim.tbl_filter(function(message)
    return not method or message.method == method
  end, M.spy('spy/seen'))
end

---A valid example of the protocol.
function M.example(type_, name)
  return vim.json.decode(table.concat(vim.fn.readfile(('%s/protocol-spec/examples/%s/valid/%s.json'):format(M.root, type_, name)), '\n'))
end

---A fresh client, connected to a fresh spy.
function M.start()
  require('drawbridge.client').start()
  M.wait('the first list', function()
    return #require('drawbridge').servers() > 0
  end)
end

local function reset()
  local client = M.client()
  if client then
    require('drawbridge.client').stop()
    M.wait('the end of the client', function()
      return not M.client()
    end)
  end
  for name in pairs(package.loaded) do
    if vim.startswith(name, 'drawbridge') and name ~= 'drawbridge.protocol' then
      package.loaded[name] = nil
    end
  end
  vim.cmd('silent! %bwipeout!')
  M.notices, M.opened, M.asked, M.answers = {}, {}, {}, {}
  vim.g.drawbridge = { cmd = { vim.env.DRAWBRIDGE_TEST_NVIM, '--clean', '-l', M.root .. '/clients/test/spy.lua' }, remote = false }
end

---Runs a test, and says what was told when it fails.
function M.test(name, run)
  reset()
  local ok, problem = xpcall(run, debug.traceback)
  if ok and #M.answers > 0 then
    ok, problem = false, 'a question was not asked; left over: ' .. vim.inspect(M.answers)
  end
  results[ok and 'passed' or 'failed'] = results[ok and 'passed' or 'failed'] + 1
  io.stdout:write((ok and 'ok   ' or 'FAIL ') .. name .. '\n')
  if not ok then
    io.stdout:write(problem .. '\nThe person saw: ' .. vim.inspect(M.notices) .. '\n')
    local told, conversation = pcall(M.spy, 'spy/seen')
    io.stdout:write('The server was sent: ' .. (told and vim.inspect(conversation) or 'nothing, it is gone') .. '\n')
  end
end

function M.finish()
  reset()
  io.stdout:write(('%d passed, %d failed\n'):format(results.passed, results.failed))
  os.exit(results.failed == 0 and results.passed > 0 and 0 or 1)
end

return M
