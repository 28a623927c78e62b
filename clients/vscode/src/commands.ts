// The commands on servers: from the view with its item, from a link with a name, from the palette with a question.
import { commands, env, Selection, Uri, window, type Disposable } from 'vscode';
import { addServer } from './addServer';
import type { Drawbridge } from './drawbridge';
import type { Server, ServerParams, SignInFlow } from './generated/protocol';
import type { LogDocuments } from './logDocuments';
import { pasteAddress } from './signIn/paste';
import { only, type SignIns } from './signIn/signIns';
import { openInBrowser } from './signIn/browser';
import type { Servers } from './servers';
import { tell } from './tell';
import { lookOf, type Verb } from './view/describe';
import { LeafNode, ServerNode } from './view/tree';

export class ServerCommands {
  constructor(
    private readonly drawbridge: Drawbridge,
    private readonly servers: Servers,
    private readonly signIns: SignIns,
    private readonly logs: LogDocuments,
  ) {}

  register(): Disposable[] {
    const { signIns } = this;
    return [
      this.on('servers.authenticate', 'authenticate', ({ name }) => signIns.start(name)),
      this.on('servers.authenticateWithCode', 'authenticate', ({ name }) => signIns.start(name, 'deviceCode')),
      this.on('servers.signOut', 'signOut', (server) => this.signOut(server)),
      this.on('servers.restart', 'restart', (server) => this.send('mcp/connect', server)),
      this.on('servers.stop', 'stop', (server) => this.send('mcp/disconnect', server)),
      this.on('servers.enable', 'enable', (server) => this.enable(server, true)),
      this.on('servers.disable', 'disable', (server) => this.enable(server, false)),
      this.on('servers.approve', 'approve', (server) => this.approve(server)),
      this.on('servers.remove', undefined, (server) => this.remove(server)),
      this.on('servers.openConfig', undefined, (server) => openConfig(server)),
      this.on('servers.showLog', undefined, (server) => this.logs.show(server.name)),
      this.on('signIn.open', 'signingIn', (server) => openInBrowser(only(flowOf(server)).authorizationUrl)),
      this.on('signIn.cancel', 'signingIn', (server) => signIns.cancel(only(flowOf(server)))),
      command('signIn.paste', (target) => pasteAddress(this.drawbridge, signIns, nameOf(target))),
      command('servers.add', () => addServer(this.drawbridge, this.servers)),
      command('servers.copyName', (target) => env.clipboard.writeText(target instanceof LeafNode ? String(target.label) : (nameOf(target) ?? ''))),
    ];
  }

  /** A command about one server: the one it is called with, the only one it fits, or the person's choice. */
  private on(id: string, verb: Verb | undefined, run: (server: Server) => Thenable<unknown>): Disposable {
    return command(id, async (target) => {
      const name = nameOf(target);
      const server = name === undefined ? await this.choose(verb) : this.servers.find(name);
      if (server) {
        await run(server);
      }
    });
  }

  private async choose(verb: Verb | undefined): Promise<Server | undefined> {
    const fitting = this.servers.all.filter((server) => verb === undefined || lookOf(server).verbs.includes(verb));
    if (fitting.length === 0) {
      void window.showInformationMessage('There is no MCP server to do that with.');
    }
    if (fitting.length < 2 && verb !== undefined) {
      return fitting[0];
    }
    const items = fitting.map((server) => ({ label: server.name, description: lookOf(server).description, server }));
    return items.length === 0 ? undefined : (await window.showQuickPick(items, { placeHolder: 'Which server?', matchOnDescription: true }))?.server;
  }

  private send(method: 'mcp/connect' | 'mcp/disconnect', { name }: Server): Promise<unknown> {
    return this.drawbridge.request(method, { server: name } satisfies ServerParams);
  }

  private async signOut({ name }: Server): Promise<void> {
    const { revoked } = await this.drawbridge.request('mcp/signOut', { server: name });
    window.setStatusBarMessage(`$(pass) Signed out of ${name}${revoked ? ', and the server forgot the sign-in too' : ''}`, 5_000);
  }

  private enable({ name }: Server, enabled: boolean): Promise<unknown> {
    return this.drawbridge.request('mcp/setEnabled', { server: name, enabled });
  }

  /** Shows exactly what would run before it asks. */
  private async approve(server: Server): Promise<void> {
    if (server.state.kind !== 'untrusted') {
      return;
    }
    const { definitionDigest } = server.state;
    const what = server.transport === 'stdio' ? `It would run on this machine:\n\n${server.target}` : `It would be connected to:\n\n${server.target}`;
    const detail = `${what}\n\nFrom ${Uri.parse(server.origin.file).fsPath}\n\nThe approval covers exactly this; a change asks again.`;
    const approve = 'Approve';
    const look = 'Open File';
    const choice = await window.showWarningMessage(`Start the MCP server ${server.name} of this workspace?`, { modal: true, detail }, approve, look);
    if (choice === approve) {
      await this.drawbridge.request('mcp/approve', { server: server.name, definitionDigest });
    } else if (choice === look) {
      await openConfig(server);
    }
  }

  private async remove(server: Server): Promise<void> {
    const remove = 'Remove';
    const detail = `Its entry is taken out of ${Uri.parse(server.origin.file).fsPath}.`;
    if ((await window.showWarningMessage(`Remove the MCP server ${server.name}?`, { modal: true, detail }, remove)) === remove) {
      await this.drawbridge.request('mcp/removeServer', { server: server.name });
    }
  }
}

/** Opens the file that brings a server, at its entry. */
async function openConfig({ name, origin }: Server): Promise<void> {
  const editor = await window.showTextDocument(Uri.parse(origin.file));
  const bare = origin.kind === 'workspace' ? name.replace(/@[^@]*$/, '') : name;
  for (const text of [name, bare]) {
    const at = editor.document.getText().search(new RegExp(`${JSON.stringify(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*:`));
    if (at >= 0) {
      const { range } = editor.document.lineAt(editor.document.positionAt(at));
      editor.selection = new Selection(range.start, range.start);
      editor.revealRange(range);
      return;
    }
  }
}

function flowOf({ state }: Server): SignInFlow | undefined {
  return state.kind === 'authenticating' ? state.flow : undefined;
}

function nameOf(target: unknown): string | undefined {
  return typeof target === 'string' ? target : target instanceof ServerNode ? target.server.name : undefined;
}

/** A command whose failure is told in words. */
export function command(id: string, run: (target: unknown) => Thenable<unknown> | void): Disposable {
  return commands.registerCommand(`drawbridge.${id}`, async (target?: unknown) => {
    try {
      await run(target);
    } catch (error) {
      tell(error);
    }
  });
}
