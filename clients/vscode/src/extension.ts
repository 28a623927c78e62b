// The extension: puts its parts together, and takes them apart again.
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
import { lensCommands } from './lensCommands';
import { ServerTree } from './view/tree';
import { StatusBar } from './view/statusBar';
import { mkdir } from 'node:fs/promises';

export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('Drawbridge', { log: true });
  await mkdir(context.logUri.fsPath, { recursive: true });
  const drawbridge = new Drawbridge(output, join(context.logUri.fsPath, 'daemon.log'), lensCommands);
  const servers = new Servers(drawbridge);
  const signIns = new SignIns(drawbridge);
  const logs = new LogDocuments(drawbridge, output);
  new SignInPrompt(drawbridge, servers, signIns);
  new ExternalUri(drawbridge);
  new Elicitation(drawbridge);
  context.subscriptions.push(
    output,
    servers,
    logs,
    new ServerTree(servers, drawbridge),
    new StatusBar(servers, drawbridge),
    new AgentServers(servers),
    ...new Startup(drawbridge, servers).register(),
    ...new ServerCommands(drawbridge, servers, signIns, logs).register(),
    command('openConfiguration', openUserFile),
    command('showLog', () => output.show()),
    command('reconnect', () => drawbridge.reconnect()),
    command('choosePath', choosePath),
    command('openWalkthrough', () => commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`)),
    drawbridge,
  );
  drawbridge.start();
}
