// One connection's language client: standard LSP for configuration files, `mcp/*` for everything else.
import { commands, workspace, type LogOutputChannel } from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, type InitializeParams } from 'vscode-languageclient/node';
import type { Line } from './connection/connect';
import { protocolVersion, type McpClientCapabilities, type McpServerCapabilities } from './generated/protocol';
import { Problem } from './problem';

export type Declared = Omit<McpClientCapabilities, 'version'>;

/** The names configuration files go by; Drawbridge itself knows which of those that have one are its own. */
const FILES = ['**/drawbridge/mcp.json', '**/.drawbridge/mcp.json', '**/.vscode/mcp.json', '**/.cursor/mcp.json', '**/.mcp.json'];

/** What the code lenses of those files run on the server; here it is done as everywhere else in this window. */
const LENSES = ['drawbridge.authenticate', 'drawbridge.signOut', 'drawbridge.approve', 'drawbridge.listTools'];

export class Client extends LanguageClient {
  /** Resolved when the connection has ended, whoever ended it. */
  readonly ended: Promise<void>;
  readonly leave: () => Promise<void>;

  constructor(line: Line, declared: Declared, output: LogOutputChannel) {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    super('drawbridge', 'Drawbridge', async () => ({ reader: line.reader, writer: line.writer, detached: true }), {
      documentSelector: FILES.map((pattern) => ({ scheme: 'file', pattern })),
      outputChannel: output,
      traceOutputChannel: output,
      diagnosticCollectionName: 'drawbridge',
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        // Coming back is the business of whoever owns the connection; it makes a new client.
        closed: () => {
          // After the client has noted that there is nobody left to say goodbye to.
          setImmediate(end);
          return { action: CloseAction.DoNotRestart, handled: true, message: 'Drawbridge has gone; it is connected to again.' };
        },
      },
      middleware: {
        workspace: { didChangeWorkspaceFolders: (event, next) => (workspace.isTrusted ? next(event) : Promise.resolve()) },
        executeCommand: (command, args, next) => (LENSES.includes(command) ? commands.executeCommand(command.replace('.', '.servers.'), args[0]) : next(command, args)),
      },
    });
    this.ended = ended;
    this.registerFeature({
      fillClientCapabilities: (capabilities) => {
        capabilities.experimental = { ...capabilities.experimental, mcp: { version: protocolVersion, ...declared } satisfies McpClientCapabilities };
      },
      initialize: () => undefined,
      getState: () => ({ kind: 'static' }),
      clear: () => undefined,
    });
    // A client whose connection is gone already has nothing to say.
    this.leave = () => this.dispose().catch(() => undefined).finally(end);
  }

  /** In Restricted Mode Drawbridge is not told of the folders, so that it does not even read their files. */
  protected override fillInitializeParams(params: InitializeParams): void {
    super.fillInitializeParams(params);
    if (!workspace.isTrusted) {
      params.workspaceFolders = params.rootUri = params.rootPath = null;
    }
  }

  /** Fails when the daemon speaks another major version of the protocol. */
  checkProtocol(): void {
    const offered = (this.initializeResult?.capabilities.experimental as { mcp?: McpServerCapabilities } | undefined)?.mcp?.version ?? 'none';
    if (offered.split('.')[0] !== protocolVersion.split('.')[0]) {
      throw new Problem('failed', `Drawbridge speaks version ${offered} of the protocol, this extension ${protocolVersion}.`, 'Update the older one.');
    }
  }
}
