// The extension: puts its parts together, and takes them apart again.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, window, type ExtensionContext } from 'vscode';
import { AgentServers } from './agent';
import { command, ServerCommands } from './commands';
import { Drawbridge } from './drawbridge';
import { Elicitation } from './elicit/elicitation';
import { LogDocuments } from './logDocuments';
import { Servers } from './servers';
import { ExternalUri } from './signIn/externalUri';
import { SignInPrompt } from './signIn/prompt';
import { SignIns } from './signIn/signIns';
import { choosePath, Startup } from './startup';
import { openUserFile } from './userConfig';
import { StatusBar } from './view/statusBar';
import { ServerTree } from './view/tree';

export async function activate({ extension, logUri, subscriptions }: ExtensionContext): Promise<void> {
  await mkdir(logUri.fsPath, { recursive: true });
  const output = window.createOutputChannel('Drawbridge', { log: true });
  const drawbridge = new Drawbridge(output, join(logUri.fsPath, 'daemon.log'));
  const servers = new Servers(drawbridge);
  const signIns = new SignIns(drawbridge);
  const logs = new LogDocuments(drawbridge, output);
  const tree = new ServerTree(servers, drawbridge);
  new SignInPrompt(drawbridge, servers, signIns);
  new ExternalUri(drawbridge);
  new Elicitation(drawbridge);
  subscriptions.push(
    output,
    servers,
    logs,
    tree,
    new StatusBar(servers, drawbridge),
    new AgentServers(servers),
    ...new Startup(drawbridge, servers).register(),
    ...new ServerCommands(drawbridge, servers, signIns, logs, tree).register(),
    command('openConfiguration', openUserFile),
    command('showLog', () => output.show()),
    command('reconnect', () => drawbridge.reconnect()),
    command('choosePath', choosePath),
    command('openWalkthrough', () => commands.executeCommand('workbench.action.openWalkthrough', `${extension.id}#start`)),
    drawbridge,
  );
  drawbridge.start();
}
