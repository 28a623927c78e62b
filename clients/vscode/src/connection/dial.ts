// Reaches a daemon that runs: connects to its socket, shakes hands, and gives the socket at the first byte of the session.
import { connect, type Socket } from 'node:net';
import { Problem } from '../problem';
import { helloLine, MAX_LINE, readReply, type Hello } from './handshake';

const DEADLINE_MILLIS = 5_000;

/** Nobody answers; whoever wants a daemon starts one. */
export class NotRunning extends Error {}

/** The daemon cannot serve this greeting; the program `drawbridge lsp` knows how to go on. */
export class Incompatible extends Error {}

export async function dial(path: string, hello: Hello): Promise<Socket> {
  const socket = connect(path);
  const timer = setTimeout(() => socket.destroy(new Problem('failed', 'The Drawbridge daemon did not answer within 5 seconds.', 'Run drawbridge stop, then try again.')), DEADLINE_MILLIS);
  try {
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    socket.write(helloLine(hello));
    const reply = readReply(await firstLine(socket));
    if (reply.kind === 'welcome') {
      return socket;
    }
    if (reply.kind === 'stranger') {
      throw new Problem('failed', `Something else than a Drawbridge daemon answers at ${path}.`, 'Run drawbridge doctor.');
    }
    if (reply.code === 'daemon.stopping') {
      throw new NotRunning(reply.message);
    }
    if (reply.code === 'daemon.badGreeting' || reply.code === 'daemon.unknownRole') {
      throw new Incompatible(reply.message);
    }
    throw new Problem('failed', reply.message, reply.action);
  } catch (error) {
    socket.destroy();
    throw error instanceof Problem || error instanceof Incompatible ? error : new NotRunning(String(error));
  } finally {
    clearTimeout(timer);
    socket.removeAllListeners('error');
    // Whoever takes the socket over listens for its end; an error without a listener would end the extension host.
    socket.on('error', () => socket.destroy());
  }
}

/** Reads up to the line break, and puts what came after it back. */
function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const done = (): void => {
      socket.off('data', onData).off('close', onClose).off('error', onError);
      socket.pause();
    };
    const onData = (chunk: Buffer): void => {
      const end = chunk.indexOf(0x0a);
      chunks.push(end < 0 ? chunk : chunk.subarray(0, end));
      size += chunk.length;
      if (end >= 0) {
        done();
        if (end + 1 < chunk.length) {
          socket.unshift(chunk.subarray(end + 1));
        }
        resolve(Buffer.concat(chunks).toString('utf8'));
      } else if (size > MAX_LINE) {
        done();
        reject(new Error('the greeting was not answered with a line'));
      }
    };
    const onClose = (): void => {
      done();
      reject(new Error('the daemon ended while it was greeted'));
    };
    const onError = (error: Error): void => {
      done();
      reject(error);
    };
    socket.on('data', onData).on('close', onClose).on('error', onError);
  });
}
