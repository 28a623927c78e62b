// The connection as the rest of the extension sees it: typed messages, one phase, and a way back after every end.
import { EventEmitter, env, version, type CancellationToken, type Disposable, type LogOutputChannel } from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { Client, type Declared } from './client';
import { connectToDrawbridge } from './connection/connect';
import { protocolVersion, type ClientRequests, type McpServerCapabilities, type ServerNotifications, type ServerRequests } from './generated/protocol';
import { Problem, sentenceOf } from './problem';
import { settings } from './settings';

/** `starting` covers the way back after a loss, too. */
export type Phase = { readonly kind: 'starting' } | { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly problem: Problem };

type Handler = (params: never, token: CancellationToken) => unknown;

/** A connection that ends sooner counts as a failed attempt. */
const STABLE_MILLIS = 2_000;
const LONGEST_PAUSE_MILLIS = 30_000;
/** How long a click waits for a connection that is being made. */
const PATIENCE_MILLIS = 20_000;

export class Drawbridge implements Disposable {
  private readonly changed = new EventEmitter<Phase>();
  readonly onDidChangePhase = this.changed.event;
  private readonly declared: { -readonly [K in keyof Declared]: Declared[K] } = {};
  private readonly notifications = new Map<string, Handler>();
  private readonly requests = new Map<string, Handler>();
  private readonly end = new AbortController();
  private current: Phase = { kind: 'starting' };
  private client: Client | undefined;
  private hurry: () => void = () => undefined;
  private closing: Promise<void> = Promise.resolve();

  constructor(
    private readonly output: LogOutputChannel,
    /** The file that takes what a starting daemon says. */
    private readonly daemonOutput: string,
    private readonly middleware: Middleware,
  ) {}

  get phase(): Phase {
    return this.current;
  }

  /** Says what this extension can show; what nobody declares comes as standard LSP. */
  declare(capability: Declared): void {
    Object.assign(this.declared, capability);
  }

  onNotification<M extends keyof ServerNotifications>(method: M, handler: (params: ServerNotifications[M]['params']) => void): void {
    this.notifications.set(method, handler as Handler);
  }

  onRequest<M extends keyof ServerRequests>(method: M, handler: (params: ServerRequests[M]['params'], token: CancellationToken) => Promise<ServerRequests[M]['result']>): void {
    this.requests.set(method, handler as Handler);
  }

  async request<M extends keyof ClientRequests>(method: M, params: ClientRequests[M]['params'], token?: CancellationToken): Promise<ClientRequests[M]['result']> {
    const client = await this.connected();
    return token ? client.sendRequest(method, params, token) : client.sendRequest(method, params);
  }

  /** Begins, and goes on until it is disposed of. */
  start(): void {
    this.closing = this.run();
  }

  /** Tries again now: a setting changed, or the person asked. */
  reconnect(): void {
    if (this.client) {
      void this.close(this.client);
    }
    this.hurry();
  }

  /** Ends the window's connection; the shared process stays. */
  async dispose(): Promise<void> {
    this.end.abort();
    this.reconnect();
    await this.closing;
    this.changed.dispose();
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.end.signal.aborted) {
      const began = Date.now();
      try {
        await this.serve();
        failures = Date.now() - began < STABLE_MILLIS ? failures + 1 : 0;
      } catch (error) {
        failures++;
        if (!this.end.signal.aborted) {
          this.become({ kind: 'failed', problem: error instanceof Problem ? error : new Problem('failed', sentenceOf(error), '') });
        }
      }
      await this.pause(failures);
      if (this.current.kind === 'ready') {
        this.become({ kind: 'starting' });
      }
    }
  }

  /** One connection from its beginning to its end. */
  private async serve(): Promise<void> {
    const line = await connectToDrawbridge({
      path: settings.path,
      socket: settings.connection === 'socket',
      client: `${env.appName} ${version}`,
      output: this.daemonOutput,
      signal: this.end.signal,
      log: (words) => this.output.info(words),
    });
    const client = new Client(line, this.declared, this.middleware, this.output);
    try {
      this.notifications.forEach((handler, method) => client.onNotification(method, handler as (params: unknown) => void));
      this.requests.forEach((handler, method) => client.onRequest(method, handler as (params: unknown, token: CancellationToken) => unknown));
      await Promise.race([client.start(), client.ended.then(() => Promise.reject(new Error('Drawbridge ended as it was greeted.')))]);
      this.checkVersion(client);
      this.output.info(`Connected to ${line.words}.`);
      this.client = client;
      this.become({ kind: 'ready' });
      await client.ended;
      this.output.info('The connection to Drawbridge has ended.');
    } finally {
      this.client = undefined;
      await this.close(client);
      line.end();
    }
  }

  private async close(client: Client): Promise<void> {
    // A client whose connection is gone already has nothing to say.
    await client.dispose().catch(() => undefined);
  }

  private checkVersion(client: Client): void {
    const offered = (client.initializeResult?.capabilities.experimental as { mcp?: McpServerCapabilities } | undefined)?.mcp?.version ?? 'none';
    if (offered.split('.')[0] !== protocolVersion.split('.')[0]) {
      throw new Problem('failed', `Drawbridge speaks version ${offered} of the protocol, this extension ${protocolVersion}.`, 'Update the older one.');
    }
  }

  private async connected(): Promise<Client> {
    const end = Date.now() + PATIENCE_MILLIS;
    while (!this.client) {
      if (this.current.kind === 'failed') {
        throw this.current.problem;
      }
      const left = end - Date.now();
      if (left <= 0 || this.end.signal.aborted) {
        throw new Problem('failed', 'Drawbridge is not connected yet.', 'Try again in a moment.');
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, left);
        const subscription = this.onDidChangePhase(done);
        function done(): void {
          clearTimeout(timer);
          subscription.dispose();
          resolve();
        }
      });
    }
    return this.client;
  }

  private become(phase: Phase): void {
    this.current = phase;
    this.changed.fire(phase);
  }

  /** Longer after each failure; a little apart after a loss, since all windows lose the daemon at the same moment. */
  private pause(failures: number): Promise<void> {
    const millis = failures === 0 ? Math.random() * 150 : Math.min(500 * 2 ** (failures - 1), LONGEST_PAUSE_MILLIS);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.end.signal.aborted ? 0 : millis);
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
