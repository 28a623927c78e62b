// `mcp/authRequired`: one message, however many servers began to need a sign-in. It opens nothing by itself.
import { commands, window } from 'vscode';
import type { Drawbridge } from '../drawbridge';
import type { Server } from '../generated/protocol';
import { unlinked } from '../problem';
import type { Servers } from '../servers';
import { tell } from '../tell';
import { lookOf } from '../view/describe';
import { promptFor } from './rules';
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
    const [authenticate, show] = ['Authenticate', 'Show Servers'];
    const choice = await window.showInformationMessage(unlinked(promptFor(needed)), authenticate, show);
    if (choice === authenticate) {
      await this.pick(needed.map(({ name }) => name));
    } else if (choice === show) {
      await commands.executeCommand('drawbridge.servers.focus');
    }
  }

  /** The message may be old when it is clicked: what was signed in meanwhile is left alone. */
  private async pick(names: readonly string[]): Promise<void> {
    const left = this.servers.all.filter(({ name, state }) => names.includes(name) && (state.kind === 'authRequired' || state.kind === 'authenticating'));
    const items = left.map((server) => ({ label: server.name, description: server.target, detail: lookOf(server).next }));
    const picked = items.length < 2 ? items[0] : await window.showQuickPick(items, { title: 'Sign in to', placeHolder: 'Opens a page in your browser', ignoreFocusOut: true });
    if (picked) {
      await this.signIns.start(picked.label);
    } else if (items.length === 0) {
      window.setStatusBarMessage('$(pass) Signed in already', 5_000);
    }
  }
}
