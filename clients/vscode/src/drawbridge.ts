// The connection as the rest of the extension sees it: typed messages, one phase, and a way back after every end.
import { homedir } from 'node:os';
import { EventEmitter, env, version, workspace, type CancellationToken, type Disposable, type LogOutputChannel } from 'vscode';
import { Client, type Declared } from './client';
import { connectToDrawbridge } from './connection/connect';
import type { ClientRequests, ServerNotifications, ServerRequests } from './generated/protocol';
import { Problem, sentenceOf } from './problem';

/** `starting` covers the way back after a loss, too. */
export type Phase = { readonly kind: 'starting' } | { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly problem: Problem };

/** A connection that ends sooner counts as a failed attempt. */
const STABLE_MILLIS = 2_000;
const LONGEST_PAUSE_MILLIS = 30_000;

export class Drawbridge implements Disposable {
  private readonly changed = new EventEmitter<Phase>();
  readonly onDidChangePhase = this.changed.event;
  private readonly declared: Declared = {};
  private readonly handlers: ((client: Client) => void)[] = [];
  private readonly end = new AbortController();
  private current: Phase = { kind: 'starting' };
  private client: Client | undefined;
  private hurry: () => void = () => undefined;
  private closed: Promise<void> = Promise.resolve();

  constructor(
    private readonly output: LogOutputChannel,
    /** The file that takes what a starting daemon says. */
    private readonly daemonOutput: string,
  ) {}

  get phase(): Phase {
    return this.current;
  }

  /** Says what this extension can show; what nobody declares comes as standard LSP. */
  declare(capability: Declared): void {
    Object.assign(this.declared, capability);
  }

  onNotification<M extends keyof ServerNotifications>(method: M, handler: (params: ServerNotifications[M]['params']) => void): void {
    this.handlers.push((client) => client.onNotification(method, handler));
  }

  onRequest<M extends keyof ServerRequests>(method: M, handler: (params: ServerRequests[M]['params'], token: CancellationToken) => Promise<ServerRequests[M]['result']>): void {
    this.handlers.push((client) => client.onRequest(method, handler));
  }

  /** Waits for a connection that is being made, and fails at once when there is none to wait for. */
  async request<M extends keyof ClientRequests>(method: M, params: ClientRequests[M]['params']): Promise<ClientRequests[M]['result']> {
    while (!this.client) {
      if (this.current.kind === 'failed') {
        throw this.current.problem;
      }
      await new Promise<void>((resolve) => {
        const subscription = this.onDidChangePhase(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
    return this.client.sendRequest(method, params);
  }

  /** Begins, and goes on until it is disposed of. */
  start(): void {
    this.closed = this.run();
  }

  /** Tries again now: a setting changed, or the person asked. */
  reconnect(): void {
    void this.client?.leave();
    this.hurry();
  }

  /** Ends the window's connection; the shared process stays. */
  async dispose(): Promise<void> {
    this.end.abort();
    this.reconnect();
    await this.closed;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.end.signal.aborted; await this.pause(failures)) {
      const began = Date.now();
      try {
        await this.serve();
        failures = Date.now() - began < STABLE_MILLIS ? failures + 1 : 0;
        this.become({ kind: 'starting' });
      } catch (error) {
        failures++;
        this.become({ kind: 'failed', problem: error instanceof Problem ? error : new Problem('failed', sentenceOf(error), '') });
      }
    }
  }

  /** One connection from its beginning to its end. */
  private async serve(): Promise<void> {
    const settings = workspace.getConfiguration('drawbridge');
    const line = await connectToDrawbridge({
      path: settings.get('path', '').trim(),
      socket: settings.get('connection') !== 'process',
      client: `${env.appName} ${version}`,
      cwd: (workspace.isTrusted && workspace.workspaceFolders?.[0]?.uri.fsPath) || homedir(),
      output: this.daemonOutput,
      signal: this.end.signal,
      log: (words) => this.output.info(words),
    });
    const client = new Client(line, this.declared, this.output);
    try {
      this.handlers.forEach((handle) => handle(client));
      await Promise.race([client.start(), client.ended.then(() => Promise.reject(new Error('Drawbridge ended as it was greeted.')))]);
      client.checkProtocol();
      this.output.info(`Connected to ${line.words}.`);
      this.client = client;
      this.become({ kind: 'ready' });
      await client.ended;
    } finally {
      this.client = undefined;
      await client.leave();
      line.end();
    }
  }

  private become(phase: Phase): void {
    if (phase.kind === 'failed') {
      this.output.error(phase.problem.sentence);
    }
    this.current = phase;
    this.changed.fire(phase);
  }

  /** Longer after each failure; a little apart after a loss, since all windows lose the daemon at the same moment. */
  private pause(failures: number): Promise<void> {
    const millis = failures === 0 ? Math.random() * 150 : Math.min(500 * 2 ** (failures - 1), LONGEST_PAUSE_MILLIS);
    return new Promise((resolve) => {
      this.hurry = resolve;
      setTimeout(resolve, this.end.signal.aborted ? 0 : millis);
    });
  }
}
