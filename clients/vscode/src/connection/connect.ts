// The way to Drawbridge: straight to the daemon's socket, or by a process of `drawbridge lsp` where that cannot be.
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { PassThrough, pipeline } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../problem';
import { dial, Incompatible, NotRunning, runtimeFolder } from './daemonSocket';
import { buildOf, check, findProgram, run, wordsOf } from './program';

/** A checkout builds itself when it is first used, which takes a minute or two. */
const START_MILLIS = 180_000;
const POLL_MILLIS = 25;

/** A connection whose next message is `initialize`. */
export interface Line {
  readonly reader: NodeJS.ReadableStream;
  readonly writer: NodeJS.WritableStream;
  /** How it came about, for the log. */
  readonly words: string;
  end(): void;
}

export interface Wishes {
  /** The setting `drawbridge.path`. */
  readonly path: string;
  /** False to have a process in between in any case. */
  readonly socket: boolean;
  /** Who connects, for the daemon's status and its prompts. */
  readonly client: string;
  /** Where it works, for the status. */
  readonly cwd: string;
  /** The file that takes what a starting daemon says. */
  readonly output: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

export async function connectToDrawbridge(wishes: Wishes): Promise<Line> {
  if (wishes.socket && process.platform !== 'win32') {
    try {
      return await bySocket(wishes);
    } catch (error) {
      if (!(error instanceof Incompatible)) {
        throw error;
      }
      wishes.log(`${error.message} The program drawbridge lsp stands in between.`);
    }
  }
  return byProcess(wishes);
}

async function bySocket(wishes: Wishes): Promise<Line> {
  // The account's own folder, whatever HOME says, because the daemon goes by that too.
  const folder = runtimeFolder(process.env, process.platform, userInfo().homedir);
  const program = await findProgram(wishes.path, process.env, homedir()).catch((problem: Problem) => problem);
  const build = await buildOf(String(program));
  const attempt = async (): Promise<Line> => {
    const socket = await dial(folder, { ...build, pid: process.pid, cwd: wishes.cwd, client: wishes.client, environment: process.env });
    // What arrives before somebody reads waits in between; the end of either is the end of both.
    const reader = pipeline(socket, new PassThrough(), () => undefined);
    return { reader, writer: socket, words: `the daemon in ${folder}`, end: () => socket.destroy() };
  };
  return attempt().catch((error: unknown) => {
    if (!(error instanceof NotRunning)) {
      throw error;
    }
    // Without the program there is nothing to be said against a daemon that runs, but now there is none.
    if (typeof program !== 'string') {
      throw program;
    }
    wishes.log(`No daemon runs; ${program} starts one.`);
    return startDaemon(program, wishes, attempt);
  });
}

/** Starts a daemon and waits until one answers. Of several that are started at once, one stays. */
async function startDaemon<T>(program: string, wishes: Wishes, attempt: () => Promise<T>): Promise<T> {
  const said = await open(wishes.output, 'w', 0o600);
  // In a session of its own, because it outlives this window, and not in its folder, which it would keep busy.
  const child = run(program, ['daemon', '--detached'], { cwd: homedir(), detached: true, stdio: ['ignore', said.fd, said.fd] });
  let exit: string | undefined;
  child.once('exit', (code) => (exit = `it ended with ${code} and said nothing.`)).once('error', (error) => (exit = error.message));
  child.unref();
  await said.close();
  for (const end = Date.now() + START_MILLIS; ; await pause(POLL_MILLIS, undefined, { signal: wishes.signal })) {
    // Looked at before the attempt: another window's daemon may be the one that stayed.
    const ended = exit;
    const line = await attempt().catch((error: unknown) => {
      if (!(error instanceof NotRunning)) {
        throw error;
      }
    });
    if (line) {
      return line;
    }
    if (ended !== undefined || Date.now() > end) {
      const words = wordsOf(await readFile(wishes.output, 'utf8').catch(() => ''));
      throw new Problem('failed', `The Drawbridge daemon could not start: ${words || (ended ?? 'it did not answer in time.')}`, '');
    }
  }
}

async function byProcess(wishes: Wishes): Promise<Line> {
  const program = await findProgram(wishes.path, process.env, homedir());
  await check(program);
  const child = run(program, ['lsp', '--client', wishes.client], { stdio: 'pipe' }) as ChildProcessWithoutNullStreams;
  child.on('error', (error) => wishes.log(`${program}: ${error.message}`));
  child.stdin.on('error', () => child.kill());
  child.stderr.on('data', (chunk: Buffer) => wishes.log(chunk.toString('utf8').trimEnd()));
  return { reader: child.stdout, writer: child.stdin, words: `${program} lsp, process ${child.pid}`, end: () => child.kill() };
}
