// The user's daemon: where its socket is, whether that place is private, and the handshake that begins a session.
import { lstat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { isAbsolute, join } from 'node:path';
import { Problem } from '../problem';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The handshake's version; it is in the socket's name, so two of them never meet. */
const HANDSHAKE = 1;
const DEADLINE_MILLIS = 5_000;
const MAX_LINE = 1 << 20;
/** Leaves room for everything else in the line. */
const MAX_ENVIRONMENT = (MAX_LINE * 3) / 4;

/** Nobody answers; whoever wants a daemon starts one. */
export class NotRunning extends Error {}

/** The daemon cannot serve this greeting; the program `drawbridge lsp` knows how to go on. */
export class Incompatible extends Error {}

export interface Hello {
  /** Those of the installed program, so that a daemon of an older one knows that its successor is here. */
  readonly version: string;
  readonly build: string;
  readonly pid: number;
  readonly cwd: string;
  readonly client: string;
  readonly environment: Environment;
}

/** Follows nothing an editor changes for its children, because every editor has to find the same daemon. */
export function runtimeFolder(environment: Environment, platform: NodeJS.Platform, home: string): string {
  const absolute = (variable: string): string | undefined => [environment[variable]].find((value) => value && isAbsolute(value));
  const usual = platform === 'darwin' ? join(home, 'Library', 'Caches', 'drawbridge', 'run') : join(home, '.cache', 'drawbridge', 'run');
  const runtime = platform === 'darwin' ? undefined : absolute('XDG_RUNTIME_DIR');
  return absolute('DRAWBRIDGE_RUNTIME_DIR') ?? (runtime ? join(runtime, 'drawbridge') : usual);
}

/** Connects, shakes hands, and gives the socket at the first byte of the session. */
export async function dial(folder: string, hello: Hello): Promise<Socket> {
  await checkPrivate(folder);
  const path = join(folder, `daemon-${HANDSHAKE}.sock`);
  const socket = connect(path);
  const late = new Problem('failed', 'The Drawbridge daemon did not answer within 5 seconds.', 'Run drawbridge stop, then try again.');
  const timer = setTimeout(() => socket.destroy(late), DEADLINE_MILLIS);
  try {
    socket.write(helloLine(hello));
    accept(await firstLine(socket), path);
    // From here on the end is told by `close`; an error nobody listens to would end the extension host.
    return socket.on('error', () => undefined);
  } catch (error) {
    socket.destroy();
    throw error instanceof Problem || error instanceof Incompatible ? error : new NotRunning(String(error));
  } finally {
    clearTimeout(timer);
  }
}

/** The folder is the door, since Node cannot ask the kernel who is at the other end. A check that fails keeps it shut. */
async function checkPrivate(folder: string): Promise<void> {
  const found = await lstat(folder).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new NotRunning('there is no folder of a daemon yet') : error;
  });
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0) {
    throw new Problem('failed', `The folder ${folder} is not yours alone.`, 'If it is yours, run chmod 700 on it; otherwise remove it and try again.');
  }
}

/** The greeting with its line break. Variables beyond the bound are left out rather than the connection refused. */
function helloLine({ environment, ...rest }: Hello): string {
  let room = MAX_ENVIRONMENT;
  const told = Object.entries(environment).filter((variable) => (room -= Buffer.byteLength(JSON.stringify(variable))) > 0);
  return `${JSON.stringify({ drawbridge: HANDSHAKE, role: 'lsp', args: [], ...rest, environment: Object.fromEntries(told) })}\n`;
}

/** Reads up to the line break, and puts what came after it back. */
async function firstLine(socket: Socket): Promise<string> {
  let line = Buffer.alloc(0);
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    line = Buffer.concat([line, chunk]);
    const end = line.indexOf('\n');
    if (end >= 0) {
      socket.unshift(line.subarray(end + 1));
      return line.toString('utf8', 0, end);
    }
    if (line.length > MAX_LINE) {
      break;
    }
  }
  throw new NotRunning('the daemon ended while it was greeted');
}

function accept(line: string, path: string): void {
  let reply: { welcome?: object; refused?: { code: string; message: string; action: string } } = {};
  try {
    reply = (JSON.parse(line) as typeof reply | null) ?? {};
  } catch {
    // Not a daemon's answer.
  }
  if (reply.refused) {
    const { code, message, action } = reply.refused;
    throw code === 'daemon.stopping' ? new NotRunning(message) : code === 'daemon.badGreeting' ? new Incompatible(message) : new Problem('failed', message, action);
  }
  if (!reply.welcome) {
    throw new Problem('failed', `Something else than a Drawbridge daemon answers at ${path}.`, 'Run drawbridge doctor.');
  }
}
