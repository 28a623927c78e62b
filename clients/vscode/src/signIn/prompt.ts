// `mcp/authRequired`: one message, however many servers began to need a sign-in. It opens nothing by itself.
import { commands, window } from 'vscode';
import type { Drawbridge } from '../drawbridge';
import type { Server } from '../generated/protocol';
import type { Servers } from '../servers';
import { tell } from '../tell';
import { lookOf } from '../view/describe';
import type { SignIns } from './signIns';

export class SignInPrompt {
  constructor(
    drawbridge: Drawbridge,
    private readonly servers: Servers,
    private readonly signIns: SignIns,
  ) {
    drawbridge.declare({ authRequired: true });
    drawbridge.onNotification('mcp/authRequired', ({ servers: needed }) => void this.ask(needed).catch(tell));
  }

  private async ask(needed: readonly Server[]): Promise<void> {
    const authenticate = 'Authenticate';
    const show = 'Show Servers';
    const choice = await window.showInformationMessage(sentence(needed), authenticate, show);
    if (choice === show) {
      await commands.executeCommand('drawbridge.servers.focus');
    } else if (choice === authenticate) {
      await this.pick(needed.map(({ name }) => name));
    }
  }

  /** The message may be old when it is clicked: what was signed in meanwhile is left alone. */
  private async pick(names: readonly string[]): Promise<void> {
    const left = this.servers.all.filter(({ name, state }) => names.includes(name) && (state.kind === 'authRequired' || state.kind === 'authenticating'));
    if (left.length === 0) {
      window.setStatusBarMessage('$(pass) Signed in already', 5_000);
    } else if (left.length === 1 && left[0]) {
      await this.signIns.start(left[0].name);
    } else {
      const items = left.map((server) => ({ label: server.name, description: server.target, detail: lookOf(server).next, picked: false }));
      const picked = await window.showQuickPick(items, { title: 'Sign in to', placeHolder: 'Each opens a page in your browser', ignoreFocusOut: true });
      if (picked) {
        await this.signIns.start(picked.label);
      }
    }
  }
}

export function sentence(needed: readonly Server[]): string {
  const [first] = needed;
  if (needed.length === 1 && first) {
    const by = first.state.kind === 'authRequired' ? first.state.reason.requestedBy : undefined;
    return `The MCP server ${first.name} needs you to sign in${by ? `: ${by}` : ''}.`;
  }
  return `${needed.length} MCP servers need you to sign in: ${needed.map(({ name }) => name).join(', ')}.`;
}
