// The status bar: how many servers work, and in a colour of its own when one waits for a sign-in.
import { Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window, workspace } from 'vscode';
import type { Drawbridge } from '../drawbridge';
import type { Servers } from '../servers';
import { lookOf, summaryOf } from './describe';
import { plain } from './tooltip';

export class StatusBar implements Disposable {
  private readonly item = window.createStatusBarItem('drawbridge', StatusBarAlignment.Right, 90);
  private readonly subscription: Disposable;

  constructor(
    private readonly servers: Servers,
    private readonly drawbridge: Drawbridge,
  ) {
    this.item.name = 'MCP Servers';
    this.item.command = 'drawbridge.servers.focus';
    const draw = (): void => this.draw();
    this.subscription = Disposable.from(servers.onDidChange(draw), workspace.onDidChangeConfiguration(draw));
  }

  private draw(): void {
    const failed = this.drawbridge.phase.kind === 'failed';
    const summary = failed ? { text: '$(debug-disconnect) MCP', words: 'Drawbridge does not run', waiting: 1, signIns: 0 } : summaryOf(this.servers.all);
    const when = workspace.getConfiguration('drawbridge').get('statusBar');
    if (!summary || when === 'never' || (when === 'attention' && summary.waiting === 0)) {
      this.item.hide();
      return;
    }
    this.item.text = summary.text;
    this.item.backgroundColor = summary.signIns > 0 ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.tooltip = this.tooltip(summary.words);
    this.item.accessibilityInformation = { label: `MCP servers: ${summary.words}`, role: 'button' };
    this.item.show();
  }

  private tooltip(words: string): MarkdownString {
    const text = new MarkdownString(`**Drawbridge** — ${words}`, true);
    // Its links run these commands only, and the names of servers go in as text.
    text.isTrusted = { enabledCommands: ['drawbridge.servers.authenticate', 'drawbridge.reconnect', 'drawbridge.showLog'] };
    for (const server of this.servers.all) {
      const { icon, description, verbs } = lookOf(server);
      text.appendMarkdown(`\n\n$(${icon.replace('~spin', '')}) ${plain(`${server.name}: ${description}`)}`);
      if (verbs.includes('authenticate')) {
        text.appendMarkdown(` — [Authenticate](command:drawbridge.servers.authenticate?${encodeURIComponent(JSON.stringify([server.name]))})`);
      }
    }
    return this.drawbridge.phase.kind === 'failed' ? text.appendMarkdown('\n\n[Try again](command:drawbridge.reconnect) · [Show log](command:drawbridge.showLog)') : text;
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }
}
