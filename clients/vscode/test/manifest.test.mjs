// The manifest and the code agree: every command that is offered exists, and none has an id the server registers itself.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const source = readdirSync(join(root, 'src'), { recursive: true })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
  .join('\n');
const offered = contributes.commands.map(({ command }) => command);
const registered = [...source.matchAll(/(?:this\.on|command)\('([\w.]+)'/g)].map(([, id]) => `drawbridge.${id}`);

test('every command that is offered is registered', () => {
  assert.ok(offered.length > 20);
  assert.deepEqual(offered.filter((id) => !registered.includes(id)), []);
});

test('menus, links and steps name commands that exist', () => {
  const menus = Object.values(contributes.menus).flat().map(({ command }) => command);
  const links = [...JSON.stringify(contributes).matchAll(/command:(drawbridge[\w.]+)/g)].map(([, id]) => id);
  const named = [...new Set([...menus, ...links])].filter((id) => !id.endsWith('.focus'));
  assert.deepEqual(named.filter((id) => !offered.includes(id)), []);
});

test('no id is one that vscode-languageclient registers for the server', () => {
  const result = new URL('../../../server/src/main/resources/dev/drawbridge/lsp/initialize-result.json', import.meta.url);
  const { commands } = JSON.parse(readFileSync(result, 'utf8')).capabilities.executeCommandProvider;
  assert.ok(commands.includes('drawbridge.authenticate'));
  assert.deepEqual([...offered, ...registered].filter((id) => commands.includes(id)), []);
});

test('every verb of a server has its place in the menu', () => {
  const verbs = /type Verb = ([^;]+);/.exec(source)[1].match(/\w+/g);
  const menu = contributes.menus['view/item/context'].map(({ when }) => when).join('\n');
  assert.deepEqual(verbs.filter((verb) => !menu.includes(`\\b${verb}\\b`)), []);
});
