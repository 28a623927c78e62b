-- Questions of servers (`mcp/elicit`): a form by `vim.ui.select` and `vim.ui.input`, or an address to visit.
local M = {}

-- Neovim runs the handler of a server's request in a coroutine, so that it may wait for the person.
local function await(start)
  local thread = coroutine.running()
  -- Later, because a picker may answer at once; and only once, whatever it does.
  start(vim.schedule_wrap(function(value)
    local waiting = thread
    thread = nil
    return waiting and coroutine.resume(waiting, value)
  end))
  return coroutine.yield()
end

local function select(items, prompt)
  return await(function(done)
    local function title(item)
      return item.title
    end
    vim.ui.select(items, { prompt = prompt, format_item = title }, done)
  end)
end

-- What there is to choose from: MCP has several spellings of it.
local function choices(schema)
  if schema.type == 'boolean' then
    return { { value = true, title = 'Yes' }, { value = false, title = 'No' } }
  end
  local items = {}
  for i, value in ipairs(schema.enum or {}) do
    items[i] = { value = value, title = (schema.enumNames or {})[i] or tostring(value) }
  end
  for i, one in ipairs(schema.oneOf or schema.anyOf or {}) do
    items[i] = { value = one.const, title = one.title or tostring(one.const) }
  end
  return items
end

-- The value a text stands for, or what is wrong with it.
local function convert(schema, text)
  if schema.type == 'number' or schema.type == 'integer' then
    local number = tonumber(text)
    if not number or schema.type == 'integer' and number % 1 ~= 0 then
      return nil, schema.type == 'integer' and 'a whole number, please' or 'a number, please'
    end
    local fits = number >= (schema.minimum or number) and number <= (schema.maximum or number)
    return fits and number or nil, 'out of range'
  elseif schema.type == 'array' then
    return vim.split(text, '%s*,%s*', { trimempty = true })
  end
  local length = vim.fn.strchars(text)
  local fits = length >= (schema.minLength or 0) and length <= (schema.maxLength or length)
  return fits and text or nil, 'too short or too long'
end

-- Asks for one value. The second result is false when the person closed the question.
local function ask(label, schema, required)
  local items = choices(schema)
  if #items > 0 then
    local picked = select(items, label)
    return picked and picked.value, picked ~= nil or not required
  end
  local problem
  while true do
    local text = await(function(done)
      local hint = problem or schema.description
      vim.ui.input({ prompt = label .. (hint and ' – ' .. hint or '') .. ': ', default = schema.default and tostring(schema.default) }, done)
    end)
    if text == nil or text == '' and not required then
      return nil, text ~= nil
    end
    local value
    value, problem = convert(schema, text)
    if value ~= nil then
      return value, true
    end
  end
end

---Asks the person, and always says which server asks.
---@param params drawbridge.ElicitParams
---@return drawbridge.ElicitResult
function M.ask(params)
  local request = params.request
  local agree = { title = request.mode == 'url' and 'Open ' .. request.url or 'Answer' }
  local choice = select({ agree, { title = 'Decline' } }, ('%s asks: %s'):format(params.server, request.message))
  if choice ~= agree then
    return { action = choice and 'decline' or 'cancel' }
  elseif request.mode == 'url' then
    require('drawbridge.sign_in').open(request.url, 'go on with ' .. params.server)
    return { action = 'accept' }
  end
  local schema = request.requestedSchema
  local properties, content, needed = schema.properties or {}, vim.empty_dict(), schema.required or {}
  local optional = vim.tbl_filter(function(name)
    return not vim.list_contains(needed, name)
  end, vim.fn.sort(vim.tbl_keys(properties)))
  -- The required ones first: a Lua table keeps no order of an object's members.
  for _, name in ipairs(vim.list_extend(vim.list_slice(needed), optional)) do
    local property, required = properties[name] or {}, vim.list_contains(needed, name)
    local value, go_on = ask(('%s: %s%s'):format(params.server, property.title or name, required and '' or ' (optional)'), property, required)
    if not go_on then
      return { action = 'cancel' }
    end
    content[name] = value
  end
  return { action = 'accept', content = content }
end

return M
