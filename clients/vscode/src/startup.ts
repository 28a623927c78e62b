// What the person sees of the connection itself: the context for menus and the empty view, and one message per failure.
import { commands, ConfigurationTarget, window, workspace, type Disposable } from 'vscode';
import type { Drawbridge, Phase } from './drawbridge';
import { unlinked, type Problem } from './problem';
import type { Servers } from './servers';

export class Startup {
  private told = '';

  constructor(
    private readonly drawbridge: Drawbridge,
    private readonly servers: Servers,
  ) {}

  register(): Disposable[] {
    void setContext('phase', 'starting');
    return [
      this.drawbridge.onDidChangePhase((phase) => void this.show(phase)),
      this.servers.onDidChange(() => void setContext('hasServers', this.servers.all.length > 0)),
      workspace.onDidChangeConfiguration((event) => ['path', 'connection'].some((name) => event.affectsConfiguration(`drawbridge.${name}`)) && this.drawbridge.reconnect()),
      // The folders were kept back until now.
      workspace.onDidGrantWorkspaceTrust(() => this.drawbridge.reconnect()),
    ];
  }

  private async show(phase: Phase): Promise<void> {
    await setContext('phase', phase.kind === 'failed' ? phase.problem.kind : phase.kind);
    await setContext('connected', phase.kind === 'ready');
    const sentence = phase.kind === 'failed' ? phase.problem.sentence : phase.kind === 'ready' ? '' : this.told;
    // Once: attempts go on, and say the same each time.
    if (phase.kind === 'failed' && sentence !== this.told) {
      void this.offer(phase.problem);
    }
    this.told = sentence;
  }

  private async offer({ kind, sentence }: Problem): Promise<void> {
    const [choose, settings, log, again] = ['Choose Program', 'Open Settings', 'Show Log', 'Try Again'];
    const choice = await window.showErrorMessage(`Drawbridge: ${unlinked(sentence)}`, kind === 'missing' ? choose : again, settings, log);
    if (choice === choose) {
      await choosePath();
    } else if (choice === settings) {
      await commands.executeCommand('workbench.action.openSettings', 'drawbridge.');
    } else if (choice) {
      await commands.executeCommand(choice === log ? 'drawbridge.showLog' : 'drawbridge.reconnect');
    }
  }
}

export async function choosePath(): Promise<void> {
  const [program] = (await window.showOpenDialog({ title: 'The program drawbridge', openLabel: 'Use' })) ?? [];
  await (program && workspace.getConfiguration('drawbridge').update('path', program.fsPath, ConfigurationTarget.Global));
}

function setContext(name: string, value: unknown): Thenable<unknown> {
  return commands.executeCommand('setContext', `drawbridge.${name}`, value);
}
