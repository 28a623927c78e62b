// Addresses of sign-ins: what is opened, and which sign-in a pasted one belongs to.
import assert from 'node:assert/strict';
import test from 'node:test';
import { externalOf, flowOf, isWebAddress, looksLikeCallback } from '../src/signIn/rules';

const flow = (flowId: string, state: string) => ({
  flowId,
  server: flowId,
  authorizationUrl: `https://login.example.com/authorize?client_id=a&state=${state}&resource=x`,
  expiresAt: '2026-11-23T18:04:05Z',
});

test('only web addresses are opened', () => {
  for (const [address, opened] of [
    ['https://login.example.com/authorize?a=b', true],
    ['http://127.0.0.1:48801/callback', true],
    ['javascript:alert(1)', false],
    ['file:///etc/passwd', false],
    ['vscode://some.extension', false],
    [' https://login.example.com', false],
    ['https://', false],
  ] as const) {
    assert.equal(isWebAddress(address), opened, address);
  }
});

test('a pasted address goes to the sign-in with its state', () => {
  const flows = [flow('one', 'abc'), flow('two', 'xyz')];
  assert.equal(flowOf('http://127.0.0.1:48801/callback?code=1&state=xyz&iss=i', flows)?.flowId, 'two');
  assert.equal(flowOf(' http://127.0.0.1:48801/callback?state=abc&code=1\n', flows)?.flowId, 'one');
  assert.equal(flowOf('http://127.0.0.1:48801/callback?code=1&state=old', flows), undefined);
  assert.equal(flowOf('http://127.0.0.1:48801/callback?code=1', flows), undefined);
});

test('without a state it goes to the only sign-in there is, and with another one to none', () => {
  assert.equal(flowOf('http://127.0.0.1:48801/callback?code=1', [flow('one', 'abc')])?.flowId, 'one');
  assert.equal(flowOf('http://127.0.0.1:48801/callback?code=1&state=old', [flow('one', 'abc')]), undefined);
});

test('what was copied is taken for a callback only when it has an answer in it', () => {
  assert.ok(looksLikeCallback('http://127.0.0.1:48801/callback?code=1&state=a'));
  assert.ok(looksLikeCallback('https://host.example/proxy/48801/callback?error=access_denied&state=a'));
  assert.ok(!looksLikeCallback('https://example.com/'));
  assert.ok(!looksLikeCallback('code=1'));
});

test('an address that leads to the same place stays as it was registered', () => {
  const uri = 'http://127.0.0.1:48801/callback';
  assert.equal(externalOf(uri, 'http://localhost:48801/callback'), uri);
  assert.equal(externalOf(uri, uri), uri);
  assert.equal(externalOf(uri, 'http://127.0.0.1:50123/callback'), 'http://127.0.0.1:50123/callback');
  assert.equal(externalOf(uri, 'https://name-48801.example.dev/callback'), 'https://name-48801.example.dev/callback');
  assert.equal(externalOf(uri, 'http://127.0.0.1:8080/proxy/48801/callback'), 'http://127.0.0.1:8080/proxy/48801/callback');
});
