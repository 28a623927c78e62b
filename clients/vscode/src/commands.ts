// The commands on servers: from the view with its item, from a link with a name, from the palette with a question.
import { commands, env, Selection, Uri, window, type Disposable } from 'vscode';
import { addServer } from './addServer';
import type { Drawbridge } from './drawbridge';
import type { Server } from './generated/protocol';
import type { LogDocuments } from './logDocuments';
import type { Servers } from './servers';
import { openInBrowser } from './signIn/browser';
import { pasteAddress } from './signIn/paste';
import type { SignIns } from './signIn/signIns';
import { tell } from './tell';
import { lookOf, secretOf, type Verb } from './view/describe';
import { LeafNode, ServerNode, type ServerTree } from './view/tree';

export class ServerCommands {
  constructor(
    private readonly drawbridge: Drawbridge,
    private readonly servers: Servers,
    private readonly signIns: SignIns,
    private readonly logs: LogDocuments,
    private readonly tree: ServerTree,
  ) {}

  register(): Disposable[] {
    const { drawbridge, servers, signIns } = this;
    return [
      this.on('servers.authenticate', 'authenticate', ({ name }) => signIns.start(name)),
      this.on('servers.authenticateWithCode', 'authenticate', ({ name }) => signIns.start(name, 'deviceCode')),
      this.on('servers.signOut', 'signOut', (server) => this.signOut(server)),
      this.on('servers.restart', 'restart', ({ name }) => drawbridge.request('mcp/connect', { server: name })),
      this.on('servers.stop', 'stop', ({ name }) => drawbridge.request('mcp/disconnect', { server: name })),
      this.on('servers.enable', 'enable', ({ name }) => drawbridge.request('mcp/setEnabled', { server: name, enabled: true })),
      this.on('servers.disable', 'disable', ({ name }) => drawbridge.request('mcp/setEnabled', { server: name, enabled: false })),
      this.on('servers.approve', 'approve', (server) => this.approve(server)),
      this.on('servers.answer', 'answer', (server) => this.answer(server)),
      this.on('servers.remove', undefined, (server) => this.remove(server)),
      this.on('servers.openConfig', undefined, openConfig),
      this.on('servers.showLog', undefined, ({ name }) => this.logs.show(name)),
      this.on('servers.listTools', undefined, (server) => this.tree.reveal(server)),
      this.on('signIn.open', 'signingIn', async ({ state }) => state.kind === 'authenticating' && openInBrowser(state.flow.authorizationUrl)),
      this.on('signIn.cancel', 'signingIn', async ({ state }) => state.kind === 'authenticating' && signIns.cancel(state.flow)),
      command('signIn.paste', (target) => pasteAddress(drawbridge, signIns, nameOf(target))),
      command('servers.add', () => addServer(drawbridge, servers)),
      command('servers.copyName', (target) => env.clipboard.writeText(target instanceof LeafNode ? String(target.label) : (nameOf(target) ?? ''))),
    ];
  }

  /** A command about one server: the one it is called with, the only one it fits, or the person's choice. */
  private on(id: string, verb: Verb | undefined, run: (server: Server) => Thenable<unknown>): Disposable {
    return command(id, async (target) => {
      const name = nameOf(target);
      const server = name === undefined ? await this.choose(verb) : this.servers.find(name);
      return server && run(server);
    });
  }

  private async choose(verb: Verb | undefined): Promise<Server | undefined> {
    const items = this.servers.all.map((server) => ({ label: server.name, ...lookOf(server), server })).filter(({ verbs }) => !verb || verbs.includes(verb));
    if (items.length === 0) {
      window.setStatusBarMessage('There is no MCP server to do that with.', 5_000);
    }
    const picked = items.length < 2 ? items[0] : await window.showQuickPick(items.map(({ label, description, server }) => ({ label, description, server })), { placeHolder: 'Which server?' });
    return picked?.server;
  }

  private async signOut({ name }: Server): Promise<void> {
    const { revoked } = await this.drawbridge.request('mcp/signOut', { server: name });
    window.setStatusBarMessage(`$(pass) Signed out of ${name}${revoked ? ', and the server forgot the sign-in too' : ''}`, 5_000);
  }

  /** Shows exactly what would run before it asks. */
  private async approve(server: Server): Promise<void> {
    if (server.state.kind !== 'untrusted') {
      return;
    }
    const { definitionDigest } = server.state;
    const what = server.transport === 'stdio' ? 'It would run on this machine' : 'It would be connected to';
    const detail = `${what}:\n\n${server.target}\n\nFrom ${Uri.parse(server.origin.file).fsPath}\n\nThe approval covers exactly this; a change asks again.`;
    const [approve, look] = ['Approve', 'Open File'];
    const choice = await window.showWarningMessage(`Start the MCP server ${server.name} of this workspace?`, { modal: true, detail }, approve, look);
    if (choice === approve) {
      await this.drawbridge.request('mcp/approve', { server: server.name, definitionDigest });
    } else if (choice === look) {
      await openConfig(server);
    }
  }

  /** Asks for the value of a variable; it goes to the keyring, and into no file. */
  private async answer(server: Server): Promise<void> {
    const secret = secretOf(server);
    const value = secret && (await window.showInputBox({ title: server.name, prompt: `The value of ${secret.name}, for the keyring`, password: true, ignoreFocusOut: true }));
    if (secret && value) {
      await this.drawbridge.request('mcp/storeSecret', { ...secret, value });
    }
  }

  private async remove({ name, origin }: Server): Promise<void> {
    const detail = `Its entry is taken out of ${Uri.parse(origin.file).fsPath}.`;
    if (await window.showWarningMessage(`Remove the MCP server ${name}?`, { modal: true, detail }, 'Remove')) {
      await this.drawbridge.request('mcp/removeServer', { server: name });
    }
  }
}

/** Opens the file that brings a server, at its entry. */
async function openConfig({ name, origin }: Server): Promise<void> {
  const editor = await window.showTextDocument(Uri.parse(origin.file));
  // A workspace's server that shares its name with another one has its folder behind it.
  const at = [name, name.replace(/@[^@]*$/, '')].map((key) => editor.document.getText().indexOf(JSON.stringify(key))).find((found) => found >= 0);
  const { range } = editor.document.lineAt(editor.document.positionAt(at ?? 0));
  editor.selection = new Selection(range.start, range.start);
  editor.revealRange(range);
}

function nameOf(target: unknown): string | undefined {
  return typeof target === 'string' ? target : target instanceof ServerNode ? target.server.name : undefined;
}

/** A command whose failure is told in words. */
export function command(id: string, run: (target: unknown) => Thenable<unknown> | void): Disposable {
  return commands.registerCommand(`drawbridge.${id}`, (target?: unknown) => Promise.resolve(target).then(run).catch(tell));
}
