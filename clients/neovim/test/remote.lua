-- Lets a test in another process sit at a real Neovim: one JSON command a line over the Unix socket
-- `$DRAWBRIDGE_TEST_SOCKET`, one line of JSON back. Nothing of the editor is replaced: the test types keys, reads the
-- buffer before it and `:messages`, and what would open a browser is a program of the test's.
--   nvim --headless --clean --cmd 'set rtp^=clients/neovim' -c 'luafile clients/neovim/test/remote.lua'
local verbs = {}

---Types, as a person does.
function verbs.keys(keys, done)
  vim.api.nvim_feedkeys(vim.keycode(keys), 'xt', false)
  done(true)
end

---The text of the buffer before the person.
function verbs.text(_, done)
  done(table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'))
end

---What the person was told.
function verbs.said(_, done)
  done(vim.fn.execute('messages'))
end

function verbs.status(_, done)
  done(require('drawbridge').status())
end

function verbs.call(call, done)
  require('drawbridge').call(call, function(result)
    done(result.content[1].text)
  end, function(err)
    done('failed: ' .. err.message)
  end)
end

-- Keeps a Neovim that is left alone from living on.
vim.defer_fn(vim.cmd.cquit, 300000)

local server = assert(vim.uv.new_pipe())
assert(server:bind(assert(vim.env.DRAWBRIDGE_TEST_SOCKET)))
assert(server:listen(1, function(problem)
  assert(not problem, problem)
  local client, rest = assert(vim.uv.new_pipe()), ''
  server:accept(client)
  local function answer(value)
    client:write(vim.json.encode(value) .. '\n')
  end
  client:read_start(function(_, chunk)
    rest = rest .. (chunk or '')
    for line in rest:gmatch('([^\n]*)\n') do
      local command = vim.json.decode(line)
      vim.schedule(function()
        local ok, trouble = xpcall(verbs[command.verb], debug.traceback, command.with, function(value)
          answer({ value = value })
        end)
        if not ok then
          answer({ problem = trouble })
        end
      end)
    end
    rest = rest:match('[^\n]*$')
  end)
end))
