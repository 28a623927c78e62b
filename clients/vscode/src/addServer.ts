// *Add Server*: an address or a command, a name, and which file it goes to.
import { window, workspace } from 'vscode';
import { definitionOf, nameFor } from './definition';
import type { Drawbridge } from './drawbridge';
import type { ConfigScope } from './generated/protocol';
import type { Servers } from './servers';

const FILES: readonly { readonly label: string; readonly detail: string; readonly scope: ConfigScope }[] = [
  { label: 'For me', detail: 'In my own file: in every editor and every folder.', scope: 'user' },
  { label: 'For this workspace', detail: 'In .drawbridge/mcp.json, to be shared. It waits for your approval.', scope: 'workspace' },
];

export async function addServer(drawbridge: Drawbridge, servers: Servers): Promise<void> {
  const place = { title: 'Add an MCP server', ignoreFocusOut: true };
  const placeHolder = 'https://mcp.example.com/mcp   or   npx -y @modelcontextprotocol/server-everything';
  const target = (await window.showInputBox({ ...place, prompt: 'Its address, or the command that starts it', placeHolder }))?.trim();
  const problem = (name: string): string => (name.trim() === '' ? 'It needs a name.' : servers.find(name.trim()) ? 'There is one of this name.' : '');
  const name = target && (await window.showInputBox({ ...place, prompt: 'The name it goes by in every editor', value: nameFor(target), validateInput: problem }))?.trim();
  const shared = workspace.isTrusted && workspace.workspaceFolders?.some(({ uri }) => uri.scheme === 'file');
  const file = name && (shared ? await window.showQuickPick(FILES, { ...place, placeHolder: 'Which file does it go to?' }) : FILES[0]);
  if (target && name && file) {
    await drawbridge.request('mcp/addServer', { server: name, definition: definitionOf(target), scope: file.scope });
  }
}
