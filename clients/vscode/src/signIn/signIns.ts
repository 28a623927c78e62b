// Signing in, from the click to the end: `mcp/authenticate`, the browser, and `mcp/authCompleted`.
import { commands, ProgressLocation, window, type CancellationToken, type Progress } from 'vscode';
import type { Drawbridge } from '../drawbridge';
import type { AuthResult, SignInFlow, SignInMethod } from '../generated/protocol';
import { Problem } from '../problem';
import { tell } from '../tell';
import { openInBrowser } from './browser';

/** How a sign-in of this window ended; `lost` with its connection. */
type End = AuthResult | { readonly kind: 'lost' } | { readonly kind: 'expired' };

interface Running {
  readonly flow: SignInFlow;
  readonly end: (end: End) => void;
}

/** What the server may be late with its own notice of the end. */
const GRACE_MILLIS = 10_000;

export class SignIns {
  private readonly running = new Map<string, Running>();
  private readonly preparing = new Set<string>();

  constructor(private readonly drawbridge: Drawbridge) {
    drawbridge.declare({ authCompleted: true });
    // A sign-in of another editor shows in the list of servers and is none of this window's business.
    drawbridge.onNotification('mcp/authCompleted', ({ flowId, result }) => this.running.get(flowId)?.end(result));
    drawbridge.onDidChangePhase(() => this.running.forEach(({ end }) => end({ kind: 'lost' })));
  }

  /** Those that were begun here. */
  get flows(): readonly SignInFlow[] {
    return [...this.running.values()].map(({ flow }) => flow);
  }

  flowOf(server: string): SignInFlow | undefined {
    return this.flows.find((flow) => flow.server === server);
  }

  /** Begins a sign-in because the person asked for it; resolved when it has ended. */
  async start(server: string, method: SignInMethod = 'browser'): Promise<void> {
    const known = this.flowOf(server);
    if (known) {
      return openInBrowser(known.authorizationUrl);
    }
    if (this.preparing.has(server)) {
      return;
    }
    this.preparing.add(server);
    try {
      const options = { location: ProgressLocation.Notification, title: `Signing in to ${server}`, cancellable: true };
      const end = await window.withProgress(options, (progress, token) => this.signIn(server, method, progress, token));
      await this.tellEnd(server, end);
    } finally {
      this.preparing.delete(server);
    }
  }

  /** Cancels it for everybody who joined it. */
  async cancel(flow: SignInFlow): Promise<void> {
    await this.drawbridge.request('mcp/cancelAuthentication', { flowId: flow.flowId });
  }

  private async signIn(server: string, method: SignInMethod, progress: Progress<{ message: string }>, token: CancellationToken): Promise<End> {
    progress.report({ message: 'looking for its authorization server…' });
    const flow = await this.drawbridge.request('mcp/authenticate', { server, method });
    if (token.isCancellationRequested) {
      await this.cancel(flow);
      return { kind: 'cancelled' };
    }
    const ended = new Promise<End>((resolve) => this.keep(flow, resolve));
    const timer = setTimeout(() => this.running.get(flow.flowId)?.end({ kind: 'expired' }), Math.max(0, Date.parse(flow.expiresAt) - Date.now()) + GRACE_MILLIS);
    const subscription = token.onCancellationRequested(() => {
      void this.cancel(flow).catch(tell);
      this.running.get(flow.flowId)?.end({ kind: 'cancelled' });
    });
    try {
      progress.report({ message: waitingFor(flow) });
      await openInBrowser(flow.authorizationUrl);
      return await ended;
    } finally {
      clearTimeout(timer);
      subscription.dispose();
      this.forget(flow);
    }
  }

  private async tellEnd(server: string, end: End): Promise<void> {
    switch (end.kind) {
      case 'succeeded': {
        const account = end.authentication.kind === 'authenticated' ? end.authentication.account : undefined;
        // No message box: the browser said so already, and the list shows it.
        window.setStatusBarMessage(`$(pass) Signed in to ${server}${account ? ` as ${account}` : ''}`, 5_000);
        return;
      }
      case 'cancelled':
        return;
      case 'failed':
        return this.offerAgain(server, `${end.failure.message} ${end.failure.action}`);
      case 'lost':
        return this.offerAgain(server, `Drawbridge was started anew during the sign-in to ${server}.`);
      case 'expired':
        return this.offerAgain(server, `Nobody finished the sign-in to ${server} in time.`);
    }
  }

  private async offerAgain(server: string, sentence: string): Promise<void> {
    const again = 'Try Again';
    const log = 'Show Log';
    const choice = await window.showErrorMessage(sentence, again, log);
    if (choice === again) {
      // Later, because this one has not ended yet.
      setTimeout(() => void this.start(server).catch(tell), 0);
    } else if (choice === log) {
      await commands.executeCommand('drawbridge.servers.showLog', server);
    }
  }

  private keep(flow: SignInFlow, end: (end: End) => void): void {
    this.running.set(flow.flowId, { flow, end });
    void commands.executeCommand('setContext', 'drawbridge.signingIn', true);
  }

  private forget(flow: SignInFlow): void {
    this.running.delete(flow.flowId);
    void commands.executeCommand('setContext', 'drawbridge.signingIn', this.running.size > 0);
  }
}

function waitingFor(flow: SignInFlow): string {
  if (flow.userCode !== undefined) {
    return `type the code ${flow.userCode} at the page.`;
  }
  const words = encodeURIComponent(JSON.stringify([flow.server]));
  return `finish in your browser. Does it end at a page that cannot be reached? [Paste its address](command:drawbridge.signIn.paste?${words}).`;
}

/** The sign-in somebody means, or words about why there is none. */
export function only<T>(found: T | undefined): T {
  if (found === undefined) {
    throw new Problem('failed', 'No sign-in of this window is under way.', 'Begin one with Authenticate.');
  }
  return found;
}
