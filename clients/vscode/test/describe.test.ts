// How each state looks, what can be done in it, and what all servers look like in one line.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Authentication, Server, ServerState } from '../src/generated/protocol';
import { promptFor } from '../src/signIn/rules';
import { lookOf, offered, othersOf, secretOf, summaryOf } from '../src/view/describe';

const FLOW = { flowId: 'f', server: 'github', authorizationUrl: 'https://login.example.com/', expiresAt: '2026-11-23T18:04:05Z' };
const FAILURE = { code: 'a.b', message: 'It broke.', action: 'Mend it.' };
const NEEDED: ServerState = { kind: 'authRequired', reason: { kind: 'signInNeeded', scopes: [], requestedBy: 'aider called github/search' } };
const CONNECTED: ServerState = { kind: 'connected', since: '2026-11-23T18:04:05Z' };
const SIGNED_IN: Authentication = { kind: 'authenticated', issuer: 'https://login.example.com', account: 'ada@example.com', scopes: [] };

function server(state: ServerState, more: Partial<Server> = {}): Server {
  const counts = { tools: 1, resources: 0, resourceTemplates: 2, prompts: 1 };
  const origin = { kind: 'user', file: 'file:///home/ada/.config/drawbridge/mcp.json' } as const;
  return { name: 'github', origin, transport: 'http', target: 'https://mcp.example.com/', state, authentication: { kind: 'none' }, counts, disabledTools: [], ...more };
}

test('each state has its words and its verbs', () => {
  const table: [ServerState, string, string][] = [
    [{ kind: 'disabled' }, 'disabled', 'enable'],
    [{ kind: 'untrusted', definitionDigest: 'd' }, 'waits for your approval', 'approve'],
    [{ kind: 'stopped' }, 'stopped', 'restart disable'],
    [{ kind: 'connecting', since: '2026-11-23T18:04:05Z' }, 'connecting…', 'restart stop disable'],
    [NEEDED, 'sign-in required', 'authenticate stop disable'],
    [{ kind: 'authenticating', flow: FLOW }, 'signing in…', 'signingIn disable'],
    [CONNECTED, '1 tool', 'restart stop disable'],
    [{ kind: 'retrying', failure: FAILURE, attempt: 2, nextAttempt: '2026-11-23T18:04:05Z' }, 'retrying: It broke.', 'restart stop disable'],
    [{ kind: 'failed', failure: FAILURE }, 'It broke.', 'restart disable'],
    [{ kind: 'dreaming' } as never, 'dreaming', 'restart'],
  ];
  for (const [state, description, verbs] of table) {
    const look = lookOf(server(state));
    assert.deepEqual([look.description, look.verbs.join(' ')], [description, verbs], state.kind);
  }
});

test('a value that only the person knows can be entered', () => {
  const failure = (code: string, message: string) => server({ kind: 'failed', failure: { code, message, action: 'Correct the entry.' } });
  const input = failure('config.missingInput', 'The input "token" has not been answered yet; run: drawbridge secret --input token (mcp.json:3:5)');
  assert.deepEqual(secretOf(input), { kind: 'input', name: 'token' });
  assert.deepEqual([lookOf(input).description, lookOf(input).verbs], ['waits for a value', ['answer', 'disable']]);
  assert.deepEqual(secretOf(failure('config.missingSecret', 'The keyring has no secret "github" for Drawbridge')), { kind: 'keyring', name: 'github' });
  assert.equal(secretOf(failure('config.badUrl', 'The URL "x" is none.')), undefined);
  assert.equal(secretOf(server(CONNECTED)), undefined);
});

test('Authenticate is there exactly when a sign-in is required', () => {
  // The tests run in the extension's folder.
  const examples = '../../protocol-spec/examples/ServerState/valid';
  const states = readdirSync(examples).map((file) => JSON.parse(readFileSync(join(examples, file), 'utf8')) as ServerState);
  assert.ok(states.length >= 9, `${states.length} examples`);
  for (const state of states) {
    assert.equal(lookOf(server(state)).verbs.includes('authenticate'), state.kind === 'authRequired', state.kind);
  }
});

test('says whose account it is, who asked, and what to do next', () => {
  const look = lookOf(server(CONNECTED, { authentication: SIGNED_IN }));
  assert.equal(look.description, 'ada@example.com · 1 tool');
  assert.ok(look.verbs.includes('signOut'));
  assert.equal(lookOf(server(NEEDED)).next, 'Asked for by aider called github/search. Click the key to sign in.');
  assert.equal(lookOf(server({ kind: 'failed', failure: FAILURE })).next, 'Mend it.');
  assert.deepEqual(othersOf(server(CONNECTED)), ['2 resource templates', '1 prompt']);
});

test('one line says what matters most', () => {
  const disabled = server({ kind: 'disabled' });
  const failed = server({ kind: 'failed', failure: FAILURE });
  assert.equal(summaryOf([]), undefined);
  assert.equal(summaryOf([disabled]), undefined);
  assert.deepEqual(summaryOf([server(CONNECTED), disabled]), { text: '$(plug) MCP 1/1', words: '1 of 1 server connected', waiting: 0, signIns: 0 });
  assert.equal(summaryOf([server(CONNECTED), failed])?.text, '$(error) MCP 1');
  assert.deepEqual(summaryOf([server(NEEDED), server(NEEDED), failed, server(CONNECTED)]), {
    text: '$(key) MCP 2',
    words: '1 of 4 servers connected, 2 sign-ins needed, 1 failed',
    waiting: 3,
    signIns: 2,
  });
});

test('one sentence asks for all sign-ins', () => {
  assert.equal(promptFor([server(NEEDED)]), 'The MCP server github needs you to sign in (aider called github/search).');
  const twenty = Array.from({ length: 20 }, (_, at) => server(NEEDED, { name: `s${at}` }));
  assert.match(promptFor(twenty), /^20 MCP servers need you to sign in: s0, s1, .*, s19\.$/);
});

test('an agent is offered what is usable and not there already', () => {
  const own = server(NEEDED, { name: 'own', origin: { kind: 'workspace', file: 'file:///w/.vscode/mcp.json', folder: 'file:///w' } });
  const cursor = server(CONNECTED, { name: 'cursor', origin: { kind: 'workspace', file: 'file:///w/.cursor/mcp.json', folder: 'file:///w' } });
  const all = [server(CONNECTED), own, cursor, server({ kind: 'disabled' }), server({ kind: 'untrusted', definitionDigest: 'd' }), server({ kind: 'stopped' })];
  const names = (which: 'all' | 'others' | 'none') => offered(all, which).map(({ name }) => name);
  assert.deepEqual(names('others'), ['github', 'cursor']);
  assert.deepEqual(names('all'), ['github', 'own', 'cursor']);
  assert.deepEqual(names('none'), []);
});
