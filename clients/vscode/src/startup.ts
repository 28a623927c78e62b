// What the person sees of the connection itself: the context for menus and the empty view, and one message per failure.
import { commands, ConfigurationTarget, window, workspace, type Disposable } from 'vscode';
import type { Drawbridge, Phase } from './drawbridge';
import type { Problem } from './problem';
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
      this.servers.onDidChange(() => void setContext('hasServers', this.servers.all.length > 0 || undefined)),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('drawbridge.path') || event.affectsConfiguration('drawbridge.connection')) {
          this.drawbridge.reconnect();
        }
      }),
      // The folders were kept back until now.
      workspace.onDidGrantWorkspaceTrust(() => this.drawbridge.reconnect()),
    ];
  }

  private async show(phase: Phase): Promise<void> {
    await setContext('phase', phase.kind === 'failed' ? phase.problem.kind : phase.kind);
    if (phase.kind === 'ready') {
      this.told = '';
      await setContext('connected', true);
    } else if (phase.kind === 'failed' && phase.problem.sentence !== this.told) {
      // Once: attempts go on, and say the same each time.
      this.told = phase.problem.sentence;
      await this.offer(phase.problem);
    }
  }

  private async offer(problem: Problem): Promise<void> {
    const [choose, settings, log, again] = ['Choose Program', 'Open Settings', 'Show Log', 'Try Again'];
    const verbs = problem.kind === 'missing' ? [choose, settings, log] : [again, settings, log];
    const choice = await window.showErrorMessage(`Drawbridge: ${problem.sentence}`, ...verbs);
    if (choice === choose) {
      await choosePath();
    } else if (choice === settings) {
      await commands.executeCommand('workbench.action.openSettings', 'drawbridge.');
    } else if (choice === log) {
      await commands.executeCommand('drawbridge.showLog');
    } else if (choice === again) {
      this.drawbridge.reconnect();
    }
  }
}

export async function choosePath(): Promise<void> {
  const [program] = (await window.showOpenDialog({ title: 'The program drawbridge', openLabel: 'Use', canSelectFiles: true })) ?? [];
  if (program) {
    await workspace.getConfiguration('drawbridge').update('path', program.fsPath, ConfigurationTarget.Global);
  }
}

function setContext(name: string, value: unknown): Thenable<unknown> {
  return commands.executeCommand('setContext', `drawbridge.${name}`, value);
}
