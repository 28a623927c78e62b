// The user's own configuration file: where it is, and how it is opened when there is none yet.
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import type { Environment } from './connection/daemonSocket';

export function userFile(environment: Environment, platform: NodeJS.Platform, home: string): string {
  const named = (variable: string, otherwise: string): string => [environment[variable]].find((value) => value && isAbsolute(value)) ?? join(home, otherwise);
  const folder = platform === 'darwin' ? join(home, 'Library/Application Support') : platform === 'win32' ? named('APPDATA', 'AppData/Roaming') : named('XDG_CONFIG_HOME', '.config');
  const override = environment['DRAWBRIDGE_CONFIG'];
  return override ? resolve(home, override) : join(folder, 'drawbridge', 'mcp.json');
}

export async function openUserFile(): Promise<void> {
  const file = Uri.file(userFile(process.env, process.platform, homedir()));
  const exists = await workspace.fs.stat(file).then(() => true, () => false);
  // One that is not there yet is made when it is saved.
  const editor = await window.showTextDocument(exists ? file : file.with({ scheme: 'untitled' }));
  if (!exists && editor.document.getText() === '') {
    await editor.edit((edit) => edit.insert(editor.selection.start, '{\n  "servers": {\n  }\n}\n'));
  }
}
