// The status bar: how many servers work, and in a colour of its own when one waits for the person.
import { MarkdownString, StatusBarAlignment, ThemeColor, window, workspace, type Disposable } from 'vscode';
import type { Drawbridge } from '../drawbridge';
import type { Servers } from '../servers';
import { settings } from '../settings';
import { lookOf } from './describe';
import { summaryOf } from './summary';

export class StatusBar implements Disposable {
  private readonly item = window.createStatusBarItem('drawbridge', StatusBarAlignment.Right, 90);
  private readonly subscriptions: Disposable[];

  constructor(
    private readonly servers: Servers,
    private readonly drawbridge: Drawbridge,
  ) {
    this.item.name = 'MCP Servers';
    this.item.command = 'drawbridge.servers.focus';
    this.subscriptions = [
      this.item,
      servers.onDidChange(() => this.draw()),
      drawbridge.onDidChangePhase(() => this.draw()),
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('drawbridge.statusBar') && this.draw()),
    ];
  }

  private draw(): void {
    const summary = summaryOf(this.servers.all, this.drawbridge.phase.kind);
    if (!summary || settings.statusBar === 'never' || (settings.statusBar === 'attention' && !summary.attention)) {
      this.item.hide();
      return;
    }
    this.item.text = summary.text;
    this.item.backgroundColor = summary.attention ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.tooltip = this.tooltip(summary.words);
    this.item.accessibilityInformation = { label: `MCP servers: ${summary.words}`, role: 'button' };
    this.item.show();
  }

  private tooltip(words: string): MarkdownString {
    const text = new MarkdownString(undefined, true);
    // Its links run our own commands only; names of servers go in as text.
    text.isTrusted = { enabledCommands: ['drawbridge.servers.authenticate', 'drawbridge.reconnect', 'drawbridge.showLog'] };
    text.appendMarkdown(`**Drawbridge** — ${words}`);
    for (const server of this.servers.all) {
      const look = lookOf(server);
      text.appendMarkdown(`\n\n$(${look.icon.replace('~spin', '')}) `).appendText(`${server.name}: ${look.description}`);
      if (look.verbs.includes('authenticate')) {
        text.appendMarkdown(` — [Authenticate](command:drawbridge.servers.authenticate?${encodeURIComponent(JSON.stringify([server.name]))})`);
      }
    }
    if (this.drawbridge.phase.kind === 'failed') {
      text.appendMarkdown('\n\n[Try again](command:drawbridge.reconnect) · [Show log](command:drawbridge.showLog)');
    }
    return text;
  }

  dispose(): void {
    this.subscriptions.forEach((one) => void one.dispose());
  }
}
