// The program `drawbridge`: where it is, which build it belongs to, and how a process of it is started.
import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { readFile, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { Problem } from '../problem';
import type { Environment } from './daemonSocket';

const shell = process.platform === 'win32';
const NAME = shell ? 'drawbridge.cmd' : 'drawbridge';

/** Finds the program the setting names, or else one on `PATH` or in the usual places. */
export async function findProgram(setting: string, environment: Environment, home: string): Promise<string> {
  const named = setting.replace(/^~(?=$|[\\/])/, home);
  // An editor that was started from a dock has a short PATH.
  const usual = [...(environment['PATH'] ?? environment['Path'] ?? '').split(delimiter), join(home, '.local', 'bin'), '/usr/local/bin', '/opt/homebrew/bin'];
  const candidates = named !== '' ? [join(named, NAME), join(named, 'bin', NAME), named] : usual.map((folder) => join(folder, NAME));
  for (const candidate of candidates) {
    if (isAbsolute(candidate) && (await stat(candidate).then((found) => found.isFile(), () => false))) {
      return candidate;
    }
  }
  throw named !== ''
    ? new Problem('missing', `There is no program at ${setting}.`, 'Correct the setting drawbridge.path.')
    : new Problem('missing', 'The program drawbridge was not found.', 'Install it, put it on PATH, or name it in the setting drawbridge.path.');
}

/** The version and build of the distribution the program starts; the oldest there can be when it cannot be told. */
export async function buildOf(program: string): Promise<{ version: string; build: string }> {
  const folder = dirname(await realpath(program).catch(() => program));
  for (const lib of [join(folder, '..', 'lib'), join(folder, 'server', 'target', 'drawbridge', 'lib')]) {
    const [version, build] = (await readFile(join(lib, 'complete'), 'utf8').catch(() => '')).split(/\s/);
    if (version && build) {
      return { version, build };
    }
  }
  return { version: '0.0.0', build: '' };
}

/** Starts the program; a batch file needs the shell, which gets nothing but the quoted path and our own words. */
export function run(program: string, words: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(shell ? `"${program}"` : program, words, { ...options, shell, windowsHide: true });
}

/** Fails with what the program says when it cannot run, such as which Java to install. */
export async function check(program: string): Promise<void> {
  await promisify(execFile)(shell ? `"${program}"` : program, ['--version'], { shell, timeout: 20_000 }).catch((error: Error & { stderr?: string }) => {
    throw new Problem('failed', wordsOf(error.stderr ?? '') || error.message, '');
  });
}

/** The end of what the program said, without its name in front. */
export function wordsOf(output: string): string {
  return output.trim().slice(-2_000).replace(/^drawbridge: /, '');
}
