// The way to Drawbridge: straight to the daemon's socket, or by a process of `drawbridge lsp` where that cannot be.
import { homedir, userInfo } from 'node:os';
import { PassThrough, pipeline } from 'node:stream';
import { Problem } from '../problem';
import { startAndDial } from './daemon';
import { dial, Incompatible, NotRunning } from './dial';
import { isThereAndPrivate, runtimeFolder, socketIn } from './folders';
import { NO_BUILD, type Hello } from './handshake';
import { buildOf, complaintOf, findProgram, run } from './program';

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
      wishes.log(`The daemon does not take this extension's greeting (${error.message}); drawbridge lsp stands in between.`);
    }
  }
  return byProcess(wishes);
}

async function bySocket(wishes: Wishes): Promise<Line> {
  // The account's own folder, whatever HOME says, because the daemon goes by that too.
  const folder = runtimeFolder(process.env, process.platform, userInfo().homedir);
  const program = await findProgram(wishes.path, process.env, homedir()).catch((problem: unknown) => problem as Problem);
  const build = typeof program === 'string' ? await buildOf(program) : NO_BUILD;
  const hello: Hello = { ...build, pid: process.pid, cwd: process.cwd(), client: wishes.client, environment: process.env };
  const attempt = async (): Promise<Line> => {
    if (!(await isThereAndPrivate(folder))) {
      throw new NotRunning('there is no folder of a daemon yet');
    }
    const socket = await dial(socketIn(folder), hello);
    // What arrives before somebody reads waits in between; the end of either is the end of both.
    const reader = pipeline(socket, new PassThrough(), () => undefined);
    return { reader, writer: socket, words: `the daemon at ${socketIn(folder)}`, end: () => socket.destroy() };
  };
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof NotRunning)) {
      throw error;
    }
  }
  // Without the program there is still nothing to be said against a daemon that runs.
  if (typeof program !== 'string') {
    throw program;
  }
  wishes.log(`No daemon runs; ${program} starts one.`);
  return startAndDial(program, homedir(), wishes.output, attempt, wishes.signal);
}

async function byProcess(wishes: Wishes): Promise<Line> {
  const program = await findProgram(wishes.path, process.env, homedir());
  const complaint = await complaintOf(program);
  if (complaint !== '') {
    throw new Problem('failed', complaint, '');
  }
  const child = run(program, ['lsp', '--client', wishes.client], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.on('error', (error) => wishes.log(`${program}: ${error.message}`));
  child.stderr?.on('data', (chunk: Buffer) => wishes.log(chunk.toString('utf8').trimEnd()));
  if (!child.stdout || !child.stdin) {
    throw new Problem('failed', `${program} lsp did not start.`, 'Run drawbridge doctor in a terminal.');
  }
  child.stdin.on('error', () => child.kill());
  return { reader: child.stdout, writer: child.stdin, words: `${program} lsp, process ${child.pid}`, end: () => child.kill() };
}
