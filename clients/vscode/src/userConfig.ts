// The user's own configuration file: where it is, and a first one to write into.
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import type { Environment } from './connection/folders';

export function userFile(environment: Environment, platform: NodeJS.Platform, home: string): string {
  const override = environment['DRAWBRIDGE_CONFIG'];
  if (override) {
    return resolve(home, override);
  }
  const or = (variable: string, otherwise: string): string => {
    const value = environment[variable];
    return value && isAbsolute(value) ? value : otherwise;
  };
  const folder =
    platform === 'darwin' ? join(home, 'Library', 'Application Support') : platform === 'win32' ? or('APPDATA', join(home, 'AppData', 'Roaming')) : or('XDG_CONFIG_HOME', join(home, '.config'));
  return join(folder, 'drawbridge', 'mcp.json');
}

const FIRST = `{
  // Every editor and AI host of this machine uses the servers that stand here.
  "servers": {
  }
}
`;

export async function openUserFile(): Promise<void> {
  const file = Uri.file(userFile(process.env, process.platform, homedir()));
  try {
    await workspace.fs.stat(file);
  } catch {
    await workspace.fs.createDirectory(Uri.file(dirname(file.fsPath)));
    await workspace.fs.writeFile(file, Buffer.from(FIRST));
  }
  await window.showTextDocument(file);
}
