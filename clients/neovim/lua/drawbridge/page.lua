-- Text in a buffer of its own, which `q` closes.
local names = vim.api.nvim_create_namespace('drawbridge')

---@param name string
---@param lines string[] An address on a line of its own becomes a link, also in a terminal that knows them.
return function(name, lines)
  local buffer = vim.fn.bufadd('drawbridge://' .. name)
  vim.fn.bufload(buffer)
  vim.bo[buffer].buftype, vim.bo[buffer].bufhidden, vim.bo[buffer].swapfile = 'nofile', 'wipe', false
  lines = vim.split(table.concat(lines, '\n'), '\n')
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable = false
  for row, line in ipairs(lines) do
    if line:match('^https?://%S+$') then
      vim.api.nvim_buf_set_extmark(buffer, names, row - 1, 0, { end_col = #line, url = line, hl_group = 'Underlined' })
    end
  end
  vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = buffer, desc = 'Close' })
  vim.cmd.sbuffer(buffer)
end
