// The code lenses of configuration files run commands of the server's; those that need the person run this extension's own.
import { commands } from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';

const OWN: Readonly<Record<string, string>> = {
  'drawbridge.authenticate': 'drawbridge.servers.authenticate',
  'drawbridge.signOut': 'drawbridge.servers.signOut',
  'drawbridge.approve': 'drawbridge.servers.approve',
  'drawbridge.listTools': 'drawbridge.servers.showTools',
};

export const lensCommands: Middleware = {
  executeCommand: (command, args, next) => {
    const own = OWN[command];
    return own === undefined ? next(command, args) : commands.executeCommand(own, args[0]);
  },
};
