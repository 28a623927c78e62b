// Where the user's daemon and its clients meet, and whether that place is private. The same rules as the daemon's own.
import { lstat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { Problem } from '../problem';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The version of the handshake; it is in the socket's name, so two of them never meet. */
export const HANDSHAKE = 1;

/** Follows nothing an editor changes for its children, because every editor has to find the same daemon. */
export function runtimeFolder(environment: Environment, platform: NodeJS.Platform, home: string): string {
  const override = environment['DRAWBRIDGE_RUNTIME_DIR'];
  if (override && isAbsolute(override)) {
    return override;
  }
  if (platform === 'darwin') {
    return join(home, 'Library', 'Caches', 'drawbridge', 'run');
  }
  const runtime = environment['XDG_RUNTIME_DIR'];
  return runtime && isAbsolute(runtime) ? join(runtime, 'drawbridge') : join(home, '.cache', 'drawbridge', 'run');
}

export function socketIn(folder: string): string {
  return join(folder, `daemon-${HANDSHAKE}.sock`);
}

/**
 * Whether the folder is there, and nobody else can enter it: the door is the folder, since Node cannot ask the kernel who
 * is at the other end. A check that fails keeps the door shut.
 *
 * @returns false when there is none yet, and so no daemon
 */
export async function isThereAndPrivate(folder: string): Promise<boolean> {
  let found;
  try {
    found = await lstat(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return false;
    }
    throw unsafe(folder, 'cannot be checked');
  }
  if (!found.isDirectory()) {
    throw unsafe(folder, 'is not a folder');
  }
  if (found.uid !== process.getuid?.()) {
    throw unsafe(folder, 'belongs to another user');
  }
  if ((found.mode & 0o077) !== 0) {
    throw unsafe(folder, 'can be entered by other users (its mode must be 0700)');
  }
  return true;
}

function unsafe(folder: string, what: string): Problem {
  return new Problem('failed', `The folder ${folder} ${what}.`, 'If it is yours, run chmod 700 on it; otherwise remove it and try again.');
}
