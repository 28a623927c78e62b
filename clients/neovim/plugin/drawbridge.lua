-- What loads with Neovim: the command, and a watch for MCP configuration files. Everything else waits until it is used.
if vim.g.loaded_drawbridge or vim.fn.has('nvim-0.10') == 0 then
  return
end
vim.g.loaded_drawbridge = true

vim.api.nvim_create_user_command('Drawbridge', function(call)
  require('drawbridge.actions').run(unpack(call.fargs))
end, {
  nargs = '*',
  desc = 'MCP servers: list them, sign in, approve, restart',
  complete = function(lead, line)
    return require('drawbridge.actions').complete(lead, line)
  end,
})

vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  group = vim.api.nvim_create_augroup('drawbridge', {}),
  desc = 'Help with editing MCP configuration files',
  pattern = { '.mcp.json', '*/{.vscode,.cursor,.drawbridge,drawbridge}/mcp.json' },
  callback = function(event)
    require('drawbridge.client').attach(event.buf)
  end,
})
