// The program `drawbridge`: where it is, which build it belongs to, and how a process of it is started.
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { Problem } from '../problem';
import type { Environment } from './folders';
import { NO_BUILD, type Build } from './handshake';

const WINDOWS = process.platform === 'win32';
const NAME = WINDOWS ? 'drawbridge.cmd' : 'drawbridge';

/** Finds the program the setting names, or else one on `PATH` or in the usual places. */
export async function findProgram(setting: string, environment: Environment, home: string): Promise<string> {
  if (setting !== '') {
    const named = setting.replace(/^~(?=$|[\\/])/, home);
    for (const candidate of [named, join(named, NAME), join(named, 'bin', NAME)]) {
      if (isAbsolute(candidate) && (await isProgram(candidate))) {
        return candidate;
      }
    }
    throw new Problem('missing', `There is no program at ${setting}.`, 'Correct the setting drawbridge.path.');
  }
  // An editor that was started from a dock has a short PATH.
  const folders = [...(environment['PATH'] ?? environment['Path'] ?? '').split(delimiter), join(home, '.local', 'bin'), '/usr/local/bin', '/opt/homebrew/bin', '/opt/drawbridge/bin'];
  for (const folder of folders) {
    if (isAbsolute(folder) && (await isProgram(join(folder, NAME)))) {
      return join(folder, NAME);
    }
  }
  throw new Problem('missing', 'The program drawbridge was not found.', 'Install it, put it on PATH, or name it in the setting drawbridge.path.');
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, WINDOWS ? constants.F_OK : constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The build of the distribution the program starts, so that a daemon of an older one knows that its successor is here. */
export async function buildOf(program: string): Promise<Build> {
  try {
    const folder = dirname(await realpath(program));
    for (const lib of [join(folder, '..', 'lib'), join(folder, 'server', 'target', 'drawbridge', 'lib')]) {
      const [version, build] = (await readFile(join(lib, 'complete'), 'utf8').catch(() => '')).split(/\s/);
      if (version && build) {
        return { version, build };
      }
    }
  } catch {
    // A program that cannot be looked at still runs.
  }
  return NO_BUILD;
}

/** Starts the program; a batch file needs the shell, which gets nothing but the quoted path and our own words. */
export function run(program: string, words: readonly string[], options: SpawnOptions): ChildProcess {
  return WINDOWS ? spawn(`"${program}"`, words, { ...options, shell: true, windowsHide: true }) : spawn(program, words, options);
}

/** What the program says when it cannot run, such as which Java to install; nothing when it can. */
export async function complaintOf(program: string): Promise<string> {
  const child = run(program, ['--version'], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 20_000 });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-4_000)));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      said = error.message;
      resolve(-1);
    });
    child.once('close', resolve);
  });
  return code === 0 ? '' : said.trim() || `${program} --version ended with ${code}.`;
}
