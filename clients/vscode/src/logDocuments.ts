// Logs: lines as they come in the output channel, and one server's newest lines as a document.
import { EventEmitter, Uri, window, workspace, type Disposable, type LogOutputChannel, type TextDocumentContentProvider } from 'vscode';
import type { Drawbridge } from './drawbridge';
import type { LogEntry } from './generated/protocol';

const SCHEME = 'drawbridge-log';
const LINES = 1_000;

export class LogDocuments implements TextDocumentContentProvider, Disposable {
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(
    private readonly drawbridge: Drawbridge,
    private readonly output: LogOutputChannel,
  ) {
    drawbridge.declare({ log: true });
    drawbridge.onNotification('mcp/log', ({ entry }) => this.write(entry));
  }

  async show(server: string): Promise<void> {
    const uri = Uri.from({ scheme: SCHEME, path: `/${server}.log`, query: server });
    this.changed.fire(uri);
    const editor = await window.showTextDocument(uri);
    editor.revealRange(editor.document.lineAt(editor.document.lineCount - 1).range);
  }

  async provideTextDocumentContent({ query: server }: Uri): Promise<string> {
    const { entries } = await this.drawbridge.request('mcp/logs', { server, limit: LINES });
    return entries.map(({ time, level, message }) => `${time} [${level}] ${message}`).join('\n') || `Nothing was logged about ${server} yet.`;
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  private write({ level, server, message }: LogEntry): void {
    const name = level === 'debug' ? 'debug' : level === 'info' || level === 'notice' ? 'info' : level === 'warning' ? 'warn' : 'error';
    this.output[name](server === undefined ? message : `${server}: ${message}`);
  }
}
