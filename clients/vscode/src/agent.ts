// The servers for VS Code's own agent: each as a stdio server that runs `drawbridge proxy NAME`.
import { homedir } from 'node:os';
import { EventEmitter, lm, McpStdioServerDefinition, workspace, type Disposable, type McpServerDefinitionProvider } from 'vscode';
import { findProgram } from './connection/program';
import type { Servers } from './servers';
import { settings } from './settings';
import { offered } from './offered';

export class AgentServers implements McpServerDefinitionProvider<McpStdioServerDefinition>, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeMcpServerDefinitions = this.changed.event;
  private readonly subscriptions: Disposable[];
  private last = '';

  constructor(private readonly servers: Servers) {
    this.subscriptions = [
      this.changed,
      servers.onDidChange(() => this.changedMaybe()),
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('drawbridge') && this.changedMaybe()),
      lm.registerMcpServerDefinitionProvider('drawbridge.servers', this),
    ];
  }

  async provideMcpServerDefinitions(): Promise<McpStdioServerDefinition[]> {
    const servers = offered(this.servers.all, settings.agentOffer);
    if (servers.length === 0) {
      return [];
    }
    const program = await findProgram(settings.path, process.env, homedir());
    return servers.map(({ name, identity }) => new McpStdioServerDefinition(name, program, ['proxy', name], {}, identity?.version));
  }

  dispose(): void {
    this.subscriptions.forEach((one) => void one.dispose());
  }

  /** VS Code asks anew at every event, and states change often: what stays the same is not told. */
  private changedMaybe(): void {
    const now = JSON.stringify([settings.path, offered(this.servers.all, settings.agentOffer).map(({ name, identity }) => [name, identity?.version])]);
    if (now !== this.last) {
      this.last = now;
      this.changed.fire();
    }
  }
}
