// The servers for VS Code's own agent: each as a stdio server that runs `drawbridge proxy NAME`.
import { homedir } from 'node:os';
import { EventEmitter, lm, McpStdioServerDefinition, Uri, workspace, type Disposable, type McpServerDefinitionProvider } from 'vscode';
import { findProgram } from './connection/program';
import type { Server } from './generated/protocol';
import type { Servers } from './servers';
import { offered } from './view/describe';

export class AgentServers implements McpServerDefinitionProvider<McpStdioServerDefinition>, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeMcpServerDefinitions = this.changed.event;
  private readonly subscriptions: Disposable[];
  private last = '';

  constructor(private readonly servers: Servers) {
    const maybe = (): void => this.changedMaybe();
    this.subscriptions = [servers.onDidChange(maybe), workspace.onDidChangeConfiguration(maybe)];
    // Editors made from VS Code may lack this part of it, and the rest works without.
    if (typeof lm?.registerMcpServerDefinitionProvider === 'function') {
      this.subscriptions.push(lm.registerMcpServerDefinitionProvider('drawbridge.servers', this));
    }
  }

  async provideMcpServerDefinitions(): Promise<McpStdioServerDefinition[]> {
    // Nothing, told too early, would end what runs since the last start.
    await this.servers.told;
    const servers = this.offered();
    const program = servers.length === 0 ? '' : await findProgram(path(), process.env, homedir());
    return servers.map(({ name, identity, origin }) => {
      const definition = new McpStdioServerDefinition(name, program, ['proxy', name], {}, identity?.version);
      // The folder says which workspace's servers are seen, and what their variables stand for.
      const folder = origin.kind === 'workspace' ? Uri.parse(origin.folder) : workspace.isTrusted ? workspace.workspaceFolders?.[0]?.uri : undefined;
      return Object.assign(definition, folder?.scheme === 'file' ? { cwd: folder } : {});
    });
  }

  private offered(): readonly Server[] {
    return offered(this.servers.all, workspace.getConfiguration('drawbridge').get('agent.offer', 'others'));
  }

  /** VS Code asks anew at every event, and states change often: what stays the same is not told. */
  private changedMaybe(): void {
    const now = JSON.stringify([path(), this.offered().map(({ name, identity }) => [name, identity?.version])]);
    if (now !== this.last) {
      this.last = now;
      this.changed.fire();
    }
  }

  dispose(): void {
    [...this.subscriptions, this.changed].forEach((one) => void one.dispose());
  }
}

function path(): string {
  return workspace.getConfiguration('drawbridge').get('path', '').trim();
}
