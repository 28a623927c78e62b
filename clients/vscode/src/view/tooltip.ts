// What the mouse finds over a server: what it is, whose account it uses, and what to do next.
import { MarkdownString } from 'vscode';
import type { Server } from '../generated/protocol';
import { lookOf, othersOf } from './describe';

export function tooltipOf(server: Server): MarkdownString {
  const text = new MarkdownString(undefined, true);
  const look = lookOf(server);
  const line = (icon: string, words: string): void => {
    text.appendMarkdown(`\n\n$(${icon}) `).appendText(words);
  };
  text.appendMarkdown('**').appendText(server.identity?.title ?? server.name).appendMarkdown('** — ').appendText(look.description);
  if (look.next !== '') {
    line('arrow-right', look.next);
  }
  line(server.transport === 'stdio' ? 'terminal' : 'globe', server.target);
  if (server.authentication.kind === 'authenticated') {
    const { account, issuer, scopes } = server.authentication;
    line('account', `${account ? `${account}, ` : ''}by ${issuer}${scopes.length > 0 ? ` (${scopes.join(', ')})` : ''}`);
  }
  if (server.state.kind === 'retrying') {
    line('clock', `Next attempt at ${new Date(server.state.nextAttempt).toLocaleTimeString()}`);
  }
  for (const other of othersOf(server)) {
    line('list-unordered', other);
  }
  if (server.identity) {
    line('info', `${server.identity.name} ${server.identity.version}, MCP ${server.identity.protocolVersion}`);
  }
  line('file', `From ${server.origin.kind === 'user' ? 'your own file' : 'a file of this workspace'}`);
  return text;
}
