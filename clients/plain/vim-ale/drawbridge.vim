" Drawbridge in Vim or Neovim with ALE (3.3 or newer). Goes into ~/.vim/plugin/drawbridge.vim, or into the vimrc after ALE.
" :ALECodeAction on a server's entry in an mcp.json approves, signs in, restarts and signs out; :ALEDetail shows a diagnostic
" in full.

" ALE shows errors only unless it is told otherwise; the address of a sign-in comes as information.
let g:ale_lsp_show_message_severity = 'information'

" The folder whose mcp.json this is: the one around .vscode, .cursor or .drawbridge, or the file's own.
function! DrawbridgeRoot(buffer) abort
  let l:folder = fnamemodify(bufname(a:buffer), ':p:h')
  return fnamemodify(l:folder, ':t') =~# '^\.\(vscode\|cursor\|drawbridge\)$' ? fnamemodify(l:folder, ':h') : l:folder
endfunction

" Other JSON files keep the linters they have.
augroup drawbridge
  autocmd!
  autocmd FileType json,jsonc if expand('%:t') =~# '^\.\?mcp\.json$' | let b:ale_linters = ['drawbridge'] | endif
augroup END

for s:filetype in ['json', 'jsonc']
  call ale#linter#Define(s:filetype, {
  \   'name': 'drawbridge',
  \   'lsp': 'stdio',
  \   'executable': 'drawbridge',
  \   'command': '%e lsp',
  \   'project_root': function('DrawbridgeRoot'),
  \   'language': 'jsonc',
  \})
endfor
