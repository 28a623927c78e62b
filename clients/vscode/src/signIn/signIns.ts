// Signing in, from the click to the end: `mcp/authenticate`, the browser, and `mcp/authCompleted`.
import { commands, ProgressLocation, window, type CancellationToken, type Progress } from 'vscode';
import type { Drawbridge } from '../drawbridge';
import type { AuthResult, SignInFlow, SignInMethod } from '../generated/protocol';
import { unlinked } from '../problem';
import { tell } from '../tell';
import { openInBrowser } from './browser';

/** How a sign-in of this window ended; `lost` with its connection, or because nobody said how. */
type End = AuthResult | { readonly kind: 'lost' };

/** How late Drawbridge may be with its own notice of the end. */
const GRACE_MILLIS = 10_000;

export class SignIns {
  private readonly running = new Map<string, { readonly flow: SignInFlow; readonly end: (end: End) => void }>();
  private readonly preparing = new Set<string>();

  constructor(private readonly drawbridge: Drawbridge) {
    drawbridge.declare({ authCompleted: true });
    // A sign-in of another editor shows in the list of servers and is none of this window's business.
    drawbridge.onNotification('mcp/authCompleted', ({ flowId, result }) => this.end(flowId, result));
    drawbridge.onDidChangePhase(() => this.running.forEach(({ end }) => end({ kind: 'lost' })));
  }

  /** Those that were begun here. */
  get flows(): readonly SignInFlow[] {
    return [...this.running.values()].map(({ flow }) => flow);
  }

  /** Begins a sign-in because the person asked for it, or shows its page again; resolved when it has ended. */
  async start(server: string, method: SignInMethod = 'browser'): Promise<void> {
    const known = this.flows.find((flow) => flow.server === server);
    if (known) {
      return openInBrowser(known.authorizationUrl);
    }
    if (this.preparing.has(server)) {
      return;
    }
    this.preparing.add(server);
    const options = { location: ProgressLocation.Notification, title: `Signing in to ${unlinked(server)}`, cancellable: true };
    const ended = window.withProgress(options, (progress, token) => this.signIn(server, method, progress, token));
    await this.tellEnd(server, await Promise.resolve(ended).finally(() => this.preparing.delete(server)));
  }

  /** Cancels it for everybody who joined it. */
  async cancel({ flowId }: SignInFlow): Promise<void> {
    await this.drawbridge.request('mcp/cancelAuthentication', { flowId });
  }

  private async signIn(server: string, method: SignInMethod, progress: Progress<{ message: string }>, token: CancellationToken): Promise<End> {
    progress.report({ message: 'looking for its authorization server…' });
    const flow = await this.drawbridge.request('mcp/authenticate', { server, method });
    const ended = new Promise<End>((end) => this.running.set(flow.flowId, { flow, end }));
    const timer = setTimeout(() => this.end(flow.flowId, { kind: 'lost' }), Math.max(0, Date.parse(flow.expiresAt) - Date.now()) + GRACE_MILLIS);
    const cancel = (): void => {
      void this.cancel(flow).catch(tell);
      this.end(flow.flowId, { kind: 'cancelled' });
    };
    const subscription = token.onCancellationRequested(cancel);
    this.mark();
    try {
      if (token.isCancellationRequested) {
        cancel();
      } else {
        progress.report({ message: waitingFor(flow) });
        await openInBrowser(flow.authorizationUrl);
      }
      return await ended;
    } finally {
      clearTimeout(timer);
      subscription.dispose();
      this.running.delete(flow.flowId);
      this.mark();
    }
  }

  private end(flowId: string, end: End): void {
    this.running.get(flowId)?.end(end);
  }

  private mark(): void {
    void commands.executeCommand('setContext', 'drawbridge.signingIn', this.running.size > 0);
  }

  private async tellEnd(server: string, end: End): Promise<void> {
    if (end.kind === 'succeeded') {
      const account = end.authentication.kind === 'authenticated' ? end.authentication.account : undefined;
      // No message box: the browser said so already, and the list shows it.
      window.setStatusBarMessage(`$(pass) Signed in to ${server}${account ? ` as ${account}` : ''}`, 5_000);
    } else if (end.kind !== 'cancelled') {
      const sentence = end.kind === 'failed' ? `${end.failure.message} ${end.failure.action}` : `The sign-in to ${server} was not finished: it expired, or Drawbridge was started anew.`;
      const [again, log] = ['Try Again', 'Show Log'];
      const choice = await window.showErrorMessage(unlinked(sentence), again, log);
      await (choice === again ? this.start(server) : choice === log && commands.executeCommand('drawbridge.servers.showLog', server));
    }
  }
}

function waitingFor({ server, userCode }: SignInFlow): string {
  const argument = encodeURIComponent(JSON.stringify([server]));
  return userCode === undefined
    ? `finish in your browser. Does it end at a page that cannot be reached? [Paste its address](command:drawbridge.signIn.paste?${argument}).`
    : `type the code ${unlinked(userCode)} at the page.`;
}
