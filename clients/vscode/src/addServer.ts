// *Add Server*: an address or a command, a name, and which file it goes to.
import { window, workspace } from 'vscode';
import type { Drawbridge } from './drawbridge';
import type { ConfigScope } from './generated/protocol';
import { definitionOf, nameFor } from './definition';
import type { Servers } from './servers';

export async function addServer(drawbridge: Drawbridge, servers: Servers): Promise<void> {
  const title = 'Add an MCP server';
  const target = await window.showInputBox({
    title,
    prompt: 'Its address, or the command that starts it',
    placeHolder: 'https://mcp.example.com/mcp   or   npx -y @modelcontextprotocol/server-everything',
    ignoreFocusOut: true,
  });
  if (!target?.trim()) {
    return;
  }
  const name = await window.showInputBox({
    title,
    prompt: 'The name it goes by in every editor',
    value: nameFor(target),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'It needs a name.' : servers.find(text.trim()) ? 'There is one of this name.' : undefined),
  });
  if (!name?.trim()) {
    return;
  }
  const scope = await where(title);
  if (scope) {
    await drawbridge.request('mcp/addServer', { server: name.trim(), definition: definitionOf(target), scope });
  }
}

async function where(title: string): Promise<ConfigScope | undefined> {
  if (!workspace.isTrusted || !workspace.workspaceFolders?.some(({ uri }) => uri.scheme === 'file')) {
    return 'user';
  }
  const items: { label: string; description: string; scope: ConfigScope }[] = [
    { label: 'For me', description: 'in my own file, in every editor and folder', scope: 'user' },
    { label: 'For this workspace', description: 'in .drawbridge/mcp.json, to be shared; it waits for your approval', scope: 'workspace' },
  ];
  return (await window.showQuickPick(items, { title, placeHolder: 'Which file does it go to?', ignoreFocusOut: true }))?.scope;
}
