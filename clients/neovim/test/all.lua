-- Runs every test: `nvim --headless --clean -l test/all.lua`.
local folder = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
package.path = folder .. '/?.lua;' .. package.path
local harness = require('harness')
for _, file in ipairs(vim.fn.sort(vim.fn.glob(folder .. '/*_test.lua', true, true))) do
  dofile(file)
end
harness.finish()
