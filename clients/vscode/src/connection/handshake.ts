// The first line each way on the daemon's socket: who comes and what for, and whether that is welcome.
import { HANDSHAKE, type Environment } from './folders';

/** How long a line may be, in bytes. */
export const MAX_LINE = 1 << 20;

/** Leaves room for everything else in the line, and for escapes. */
const MAX_ENVIRONMENT = (MAX_LINE * 3) / 4;

/** Which Drawbridge a program belongs to. */
export interface Build {
  readonly version: string;
  readonly build: string;
}

/** Makes no daemon think that its successor has come. */
export const NO_BUILD: Build = { version: '0.0.0', build: '' };

export interface Hello extends Build {
  readonly pid: number;
  readonly cwd: string;
  readonly client: string;
  readonly environment: Environment;
}

export type Reply =
  | { readonly kind: 'welcome'; readonly version: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly action: string }
  | { readonly kind: 'stranger' };

/** The editor's greeting, with its line break. Variables beyond the bound are left out rather than the connection refused. */
export function helloLine(hello: Hello): string {
  const environment: Record<string, string> = {};
  let room = MAX_ENVIRONMENT;
  for (const [name, value] of Object.entries(hello.environment)) {
    if (value !== undefined) {
      room -= Buffer.byteLength(JSON.stringify(name)) + Buffer.byteLength(JSON.stringify(value)) + 2;
      if (room < 0) {
        break;
      }
      environment[name] = value;
    }
  }
  const { version, build, pid, cwd, client } = hello;
  return `${JSON.stringify({ drawbridge: HANDSHAKE, role: 'lsp', version, build, pid, cwd, client, args: [], environment })}\n`;
}

/** Reads the daemon's line; what is neither of its answers is something else's. */
export function readReply(line: string): Reply {
  try {
    const reply = JSON.parse(line) as { welcome?: { version?: unknown }; refused?: Record<string, unknown> };
    if (reply.welcome) {
      return { kind: 'welcome', version: String(reply.welcome.version ?? '') };
    }
    if (reply.refused) {
      const { code, message, action } = reply.refused;
      return {
        kind: 'refused',
        code: String(code ?? 'daemon.refused'),
        message: String(message ?? 'The Drawbridge daemon refused the connection.'),
        action: String(action ?? 'Run drawbridge doctor.'),
      };
    }
  } catch {
    // Not JSON: not a daemon.
  }
  return { kind: 'stranger' };
}
