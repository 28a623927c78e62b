-- The shared examples of the protocol against the shapes that the tests check messages by.
local h = require('harness')
local fits = require('fits')

-- What the shapes do not look into: the calendar.
local function examples(kind)
  local found = {}
  for _, file in ipairs(vim.fn.glob(h.root .. '/protocol-spec/examples/*/' .. kind .. '/*.json', true, true)) do
    local text = table.concat(vim.fn.readfile(file), '\n')
    table.insert(found, { type_ = file:match('examples/([^/]+)/'), file = file, value = vim.json.decode(text) })
  end
  assert(#found > 50, 'hardly any examples')
  return found
end

h.test('valid examples fit the shapes', function()
  for _, one in ipairs(examples('valid')) do
    assert(fits(one.value, one.type_), one.file)
  end
end)

h.test('invalid examples do not', function()
  for _, one in ipairs(examples('invalid')) do
    assert(not fits(one.value, one.type_), one.file)
  end
end)
