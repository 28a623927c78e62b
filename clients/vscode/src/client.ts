// One connection's language client: standard LSP for configuration files, `mcp/*` for everything else.
import { workspace, type LogOutputChannel } from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, type InitializeParams, type Middleware } from 'vscode-languageclient/node';
import type { Line } from './connection/connect';
import { protocolVersion, type McpClientCapabilities } from './generated/protocol';

export type Declared = Omit<McpClientCapabilities, 'version'>;

/** Every name a configuration file goes by; a file of another name that the daemon does not know gets no help from it. */
const CONFIGURATION_FILES = ['**/drawbridge/mcp.json', '**/.drawbridge/mcp.json', '**/.vscode/mcp.json', '**/.cursor/mcp.json', '**/.mcp.json'];

export class Client extends LanguageClient {
  /** Resolved when the connection has ended, whoever ended it. */
  readonly ended: Promise<void>;

  constructor(line: Line, declared: Declared, commands: Middleware, output: LogOutputChannel) {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    super(
      'drawbridge',
      'Drawbridge',
      async () => ({ reader: line.reader, writer: line.writer, detached: true }),
      {
        documentSelector: CONFIGURATION_FILES.map((pattern) => ({ scheme: 'file', pattern })),
        outputChannel: output,
        traceOutputChannel: output,
        diagnosticCollectionName: 'drawbridge',
        markdown: { isTrusted: false },
        initializationFailedHandler: () => false,
        errorHandler: {
          error: () => ({ action: ErrorAction.Continue, handled: true }),
          // Coming back is the business of whoever owns the connection; it makes a new client.
          closed: () => {
            end();
            return { action: CloseAction.DoNotRestart, handled: true };
          },
        },
        middleware: {
          ...commands,
          workspace: { didChangeWorkspaceFolders: (event, next) => (workspace.isTrusted ? next(event) : Promise.resolve()) },
        },
      },
    );
    this.ended = ended;
    this.registerFeature({
      fillClientCapabilities: (capabilities) => {
        capabilities.experimental = { ...capabilities.experimental, mcp: { version: protocolVersion, ...declared } satisfies McpClientCapabilities };
      },
      initialize: () => undefined,
      getState: () => ({ kind: 'static' }),
      clear: () => undefined,
    });
  }

  /** In Restricted Mode Drawbridge is not told of the folders, so that it does not even read their files. */
  protected override fillInitializeParams(params: InitializeParams): void {
    super.fillInitializeParams(params);
    if (!workspace.isTrusted) {
      params.workspaceFolders = null;
      params.rootUri = null;
      params.rootPath = null;
    }
  }
}
