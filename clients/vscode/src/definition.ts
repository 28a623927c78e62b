// A server's entry from what a person types. Pure.
import type { LSPObject } from './generated/protocol';

export function definitionOf(target: string): LSPObject {
  const text = target.trim();
  if (/^https?:\/\//i.test(text)) {
    return { type: 'http', url: text };
  }
  const [command = '', ...args] = words(text);
  return { command, ...(args.length > 0 ? { args } : {}) };
}

/** A short name that says what it is: the host's own part, or the package's. */
export function nameFor(target: string): string {
  const text = target.trim();
  const host = /^https?:\/\/([^/:?#]+)/i.exec(text)?.[1];
  if (host !== undefined) {
    const parts = host.split('.').filter((part) => !/^(mcp|www|api|com|org|net|io|dev|app|ai|co)$/i.test(part));
    return /^[\d.]+$/.test(host) ? host : (parts[parts.length - 1] ?? host);
  }
  const last = words(text).filter((word) => !word.startsWith('-')).find((word, at) => at > 0 || !/^(npx|uvx|docker|node|python3?|deno|bunx)$/.test(word)) ?? '';
  return last.replace(/^.*[\\/]/, '').replace(/@[^@]*$/, '').replace(/^(mcp-server-|server-|mcp-)|(-mcp-server|-mcp)$/g, '');
}

/** Words as a shell separates them; quotes keep spaces, and nothing is expanded. */
function words(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}
