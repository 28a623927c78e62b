// The servers as Drawbridge last told them, and what was read of their tools since.
import { EventEmitter, type Disposable } from 'vscode';
import type { Drawbridge } from './drawbridge';
import type { LSPObject, Server } from './generated/protocol';

export class Servers implements Disposable {
  private readonly changed = new EventEmitter<void>();
  /** The list, a server's tools, or the connection they come by. */
  readonly onDidChange = this.changed.event;
  private list: readonly Server[] = [];
  /** Resolved when there is something to go by: the first list, or the news that there is none to wait for. */
  readonly told: Promise<void>;
  private readonly tools = new Map<string, Promise<readonly LSPObject[]>>();

  constructor(private readonly drawbridge: Drawbridge) {
    let tell: () => void = () => undefined;
    this.told = new Promise((resolve) => (tell = resolve));
    drawbridge.declare({ statusChanged: true, catalogChanged: true });
    drawbridge.onNotification('mcp/statusChanged', ({ servers }) => {
      this.list = servers;
      tell();
      servers.filter(({ state }) => state.kind !== 'connected').forEach(({ name }) => this.tools.delete(name));
      this.changed.fire();
    });
    drawbridge.onNotification('mcp/catalogChanged', ({ server }) => {
      this.tools.delete(server);
      this.changed.fire();
    });
    drawbridge.onDidChangePhase(({ kind }) => {
      this.tools.clear();
      // While the connection is being made again the list stays in sight; after a failure it would be a lie.
      if (kind === 'failed') {
        this.list = [];
        tell();
      }
      this.changed.fire();
    });
  }

  get all(): readonly Server[] {
    return this.list;
  }

  find(name: string): Server | undefined {
    return this.list.find((server) => server.name === name);
  }

  /** A server's tools, from memory until the server says that they changed. */
  toolsOf(name: string): Promise<readonly LSPObject[]> {
    const known = this.tools.get(name) ?? this.drawbridge.request('mcp/listTools', { server: name }).then(({ tools }) => tools);
    this.tools.set(name, known);
    known.catch(() => this.tools.delete(name));
    return known;
  }

  dispose(): void {
    this.changed.dispose();
  }
}
