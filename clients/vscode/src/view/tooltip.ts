// What the mouse finds over a server: what it is, whose account it uses, and what to do next.
import { MarkdownString } from 'vscode';
import type { Server } from '../generated/protocol';
import { lookOf, othersOf } from './describe';

export function tooltipOf(server: Server): MarkdownString {
  const { authentication, identity, state } = server;
  const { description, next } = lookOf(server);
  const text = new MarkdownString(`**${plain(identity?.title ?? server.name)}** — ${plain(description)}`, true);
  const line = (icon: string, words: string): unknown => words !== '' && text.appendMarkdown(`\n\n$(${icon}) ${plain(words)}`);
  line('arrow-right', next);
  line(server.transport === 'stdio' ? 'terminal' : 'globe', server.target);
  if (authentication.kind === 'authenticated') {
    const { account, issuer, scopes } = authentication;
    line('account', `${account ? `${account}, ` : ''}by ${issuer}${scopes.length > 0 ? ` (${scopes.join(', ')})` : ''}`);
  }
  line('clock', state.kind === 'retrying' ? `Next attempt at ${new Date(state.nextAttempt).toLocaleTimeString()}` : '');
  line('list-unordered', othersOf(server).join(', '));
  line('info', identity ? `${identity.name} ${identity.version}, MCP ${identity.protocolVersion}` : '');
  line('file', server.origin.kind === 'user' ? 'From your own file' : 'From a file of this workspace');
  return text;
}

/** Text of others in Markdown, as it is and without links; unlike `appendText` it leaves the lines to be broken. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!~|<>&$:]/g, '\\$&');
}
