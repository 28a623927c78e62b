// Forms of servers: every spelling of a field that MCP has had, what is checked, and what is answered.
import assert from 'node:assert/strict';
import test from 'node:test';
import { fieldsOf, problemWith, valueOf, type Field } from '../src/elicit/fields';
import type { LSPObject } from '../src/generated/protocol';

function field(schema: LSPObject, required = false): Field {
  return fieldsOf({ type: 'object', properties: { it: schema }, required: required ? ['it'] : [] })[0] as Field;
}

test('fields keep their order, their names for people and their defaults', () => {
  const fields = fieldsOf({
    type: 'object',
    properties: { repository: { type: 'string', title: 'Repository', description: 'owner/name', default: 'ada/engine' }, draft: { type: 'boolean', default: true } },
    required: ['repository'],
  });
  assert.deepEqual(
    fields.map(({ name, label, hint, required, kind, initial }) => [name, label, hint, required, kind, initial]),
    [
      ['repository', 'Repository', 'owner/name', true, 'text', 'ada/engine'],
      ['draft', 'draft', '', false, 'choice', true],
    ],
  );
});

test('choices in each spelling', () => {
  const table: [LSPObject, Field['kind'], unknown][] = [
    [{ type: 'boolean' }, 'choice', [[true, 'Yes'], [false, 'No']]],
    [{ type: 'string', enum: ['a', 'b'] }, 'choice', [['a', 'a'], ['b', 'b']]],
    [{ type: 'string', enum: ['a', 'b'], enumNames: ['Ah', 'Be'] }, 'choice', [['a', 'Ah'], ['b', 'Be']]],
    [{ type: 'string', oneOf: [{ const: 'a', title: 'Ah' }, { const: 'b' }] }, 'choice', [['a', 'Ah'], ['b', 'b']]],
    [{ type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, 'choices', [['a', 'a'], ['b', 'b']]],
    [{ type: 'array', items: { anyOf: [{ const: 'a', title: 'Ah' }] } }, 'choices', [['a', 'Ah']]],
    [{ type: 'string' }, 'text', []],
  ];
  for (const [schema, kind, choices] of table) {
    const { kind: found, choices: offered } = field(schema);
    assert.deepEqual([found, offered.map(({ value, title }) => [value, title])], [kind, choices], JSON.stringify(schema));
  }
});

test('what is typed is checked', () => {
  const table: [LSPObject, string, RegExp | undefined][] = [
    [{ type: 'string' }, 'anything', undefined],
    [{ type: 'string', minLength: 3 }, 'ab', /At least 3 characters/],
    [{ type: 'string', maxLength: 2 }, '👍👍', undefined],
    [{ type: 'string', maxLength: 2 }, 'abc', /At most 2 characters/],
    [{ type: 'string', format: 'email' }, 'ada@example.com', undefined],
    [{ type: 'string', format: 'email' }, 'ada', /email/],
    [{ type: 'string', format: 'uri' }, 'https://example.com', undefined],
    [{ type: 'string', format: 'uri' }, 'example', /address/],
    [{ type: 'string', format: 'date' }, '23.11.2026', /date/],
    [{ type: 'string', format: 'date-time' }, '2026-11-23T18:00:00Z', undefined],
    [{ type: 'string', format: 'unheard-of' }, 'x', undefined],
    [{ type: 'number' }, '1.5', undefined],
    [{ type: 'number' }, 'x', /a number/],
    [{ type: 'number' }, '  ', /a number/],
    [{ type: 'integer' }, '1.5', /whole number/],
    [{ type: 'integer', minimum: 1, maximum: 5 }, '0', /At least 1\./],
    [{ type: 'integer', minimum: 1, maximum: 5 }, '6', /At most 5\./],
  ];
  for (const [schema, text, problem] of table) {
    const found = problemWith(field(schema), text);
    assert.ok(problem ? found && problem.test(found) : found === undefined, `${JSON.stringify(schema)} "${text}": ${found}`);
  }
});

test('nothing is an answer only where nothing is needed', () => {
  assert.equal(problemWith(field({ type: 'string' }, true), ''), 'This is needed.');
  assert.equal(problemWith(field({ type: 'string', minLength: 0 }, true), ''), undefined);
  assert.equal(problemWith(field({ type: 'string' }), ''), undefined);
  assert.equal(valueOf(field({ type: 'string' }), ''), undefined);
  assert.equal(valueOf(field({ type: 'string' }, true), ''), '');
});

test('values have the type that was asked for', () => {
  assert.equal(valueOf(field({ type: 'integer' }), '42'), 42);
  assert.equal(valueOf(field({ type: 'number' }), '1e2'), 100);
  assert.equal(valueOf(field({ type: 'string' }), '42'), '42');
});

test('a schema that is none asks nothing', () => {
  assert.deepEqual(fieldsOf({}), []);
  assert.deepEqual(fieldsOf({ properties: 'x', required: 3 } as never), []);
  assert.equal(field(null as never).kind, 'text');
});
