-- Whether a decoded JSON value fits a type of the protocol, by the shapes that are generated with it.
local protocol = require('drawbridge.protocol')

local fits

local BASE = {
  string = function(value)
    return type(value) == 'string'
  end,
  boolean = function(value)
    return type(value) == 'boolean'
  end,
  integer = function(value)
    return type(value) == 'number' and value % 1 == 0 and math.abs(value) <= 2 ^ 31 and value < 2 ^ 31
  end,
  uinteger = function(value)
    return type(value) == 'number' and value % 1 == 0 and value >= 0 and value < 2 ^ 31
  end,
  decimal = function(value)
    return type(value) == 'number'
  end,
  URI = function(value)
    return type(value) == 'string' and value:match('^%a[%w+.-]*:%S*$') ~= nil
  end,
  LSPAny = function(value)
    return value ~= nil
  end,
  LSPObject = function(value)
    return type(value) == 'table' and not vim.islist(value) or getmetatable(value) == getmetatable(vim.empty_dict())
  end,
}
BASE.DocumentUri = BASE.URI

local function object(value, members)
  if not BASE.LSPObject(value) then
    return false
  end
  for name, shape in pairs(members) do
    local bare = shape:gsub('%?$', '')
    local there = value[name] ~= nil and value[name] ~= vim.NIL
    if there and not fits(value[name], bare) or not there and bare == shape and not (bare == 'LSPAny' and value[name] == vim.NIL) then
      return false
    end
  end
  return true
end

---@param value any
---@param shape string
---@return boolean
function fits(value, shape)
  local list, map = shape:match('^(.*)%[%]$'), shape:match('^(.*){}$')
  if list then
    return vim.islist(value) and getmetatable(value) ~= getmetatable(vim.empty_dict()) and vim.iter(value):all(function(one)
      return fits(one, list)
    end)
  elseif map then
    return BASE.LSPObject(value) and vim.iter(value):all(function(_, one)
      return fits(one, map)
    end)
  elseif BASE[shape] then
    return BASE[shape](value)
  end
  local type_ = assert(protocol.types[shape], shape .. ' is no type')
  if type_.members then
    return object(value, type_.members)
  elseif type_.cases then
    local members = type(value) == 'table' and type_.cases[value[type_.tag]]
    return members ~= nil and members ~= false and object(value, members)
  elseif type_.values then
    return vim.list_contains(type_.values, value)
  end
  return type(value) == 'string' and value:match('^%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%d%.?%d*Z$') ~= nil
end

return fits
