// Failures in words: whose sentence it is, what to do, and nothing in it that runs when it is clicked.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Problem, sentenceOf, unlinked } from '../src/problem';

test('a failure says what happened and what to do', () => {
  assert.equal(sentenceOf(new Problem('missing', 'It is not there.', 'Install it.')), 'It is not there. Install it.');
  assert.equal(sentenceOf({ message: 'The flow has ended.', data: { code: 'oauth.flow', message: 'The flow has ended.', action: 'Sign in again.' } }), 'The flow has ended. Sign in again.');
  assert.equal(sentenceOf(new Error('boom')), 'boom');
  assert.equal(sentenceOf({ message: 'Not found', data: null }), 'Not found');
  assert.equal(sentenceOf('words'), 'words');
});

test('words of a server become no links', () => {
  // What VS Code makes a link of in a message.
  const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^\)\s]+)(?: (["'])(.+?)(\3))?\)/i;
  const bad = 'Please [sign in](command:workbench.action.terminal.sendSequence?%5B%22rm%22%5D) now [or](https://example.com)';
  assert.match(bad, link);
  assert.doesNotMatch(unlinked(bad), link);
  assert.equal(unlinked('a [b] (c)'), 'a [b] (c)');
});
