// Starts the daemon where none runs, and waits until it answers. Of several that are started at once, one stays.
import { open, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../problem';
import { NotRunning } from './dial';
import { run } from './program';

/** A checkout builds itself when it is first used, which takes a minute or two. */
const DEADLINE_MILLIS = 180_000;
const POLL_MILLIS = 25;

/**
 * @param attempt one try to connect; `NotRunning` asks for another one
 * @param output the file that takes what the process says
 */
export async function startAndDial<T>(program: string, home: string, output: string, attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const said = await open(output, 'w', 0o600);
  let exit: number | string | undefined;
  try {
    // In a session of its own, because it outlives this window, and not in its folder, which it would keep busy.
    const child = run(program, ['daemon', '--detached'], { cwd: home, detached: true, stdio: ['ignore', said.fd, said.fd] });
    child.once('exit', (code, by) => (exit = code ?? by ?? 'unknown')).once('error', (error) => (exit = error.message));
    child.unref();
  } finally {
    await said.close();
  }
  const end = Date.now() + DEADLINE_MILLIS;
  for (;;) {
    // Looked at before the attempt: another window's daemon may be the one that stayed.
    const ended = exit;
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof NotRunning)) {
        throw error;
      }
    }
    if (ended !== undefined) {
      throw new Problem('failed', `The Drawbridge daemon could not start: ${await lastWords(output, ended)}`, '');
    }
    if (Date.now() > end) {
      throw new Problem('failed', 'No Drawbridge daemon could be reached within three minutes.', 'Run drawbridge doctor in a terminal.');
    }
    await pause(POLL_MILLIS, undefined, { signal });
  }
}

async function lastWords(output: string, exit: number | string): Promise<string> {
  const text = (await readFile(output, 'utf8').catch(() => '')).trim();
  return text.slice(-2_000) || `it ended with ${exit} and said nothing.`;
}
