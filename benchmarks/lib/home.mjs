// A user of this run's own: a home, a D-Bus session with an unlocked keyring, and openers that open nothing. Nothing of
// the real user's is read or written.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.mjs';

const BUS = (socket) => `<busconfig><type>session</type><listen>unix:path=${socket}</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`;

export class Home {
  static async make() {
    const home = new Home();
    await home.#unlockKeyring();
    return home;
  }

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), 'dbb'));
    const folder = (path) => {
      mkdirSync(join(this.root, path), { recursive: true, mode: 0o700 });
      return join(this.root, path);
    };
    for (const opener of ['xdg-open', 'sensible-browser', 'x-www-browser', 'firefox', 'open']) {
      const file = join(folder('openers'), opener);
      writeFileSync(file, '#!/bin/sh\n');
      chmodSync(file, 0o700);
    }
    this.environment = {
      PATH: `${join(this.root, 'openers')}:${process.env.PATH}`,
      LANG: 'C.UTF-8',
      HOME: folder('home'),
      XDG_CONFIG_HOME: folder('home/.config'),
      XDG_DATA_HOME: folder('home/.local/share'),
      XDG_STATE_HOME: folder('home/.local/state'),
      XDG_CACHE_HOME: folder('home/.cache'),
      XDG_RUNTIME_DIR: folder('run'),
      TMPDIR: folder('tmp'),
      BROWSER: 'xdg-open',
      DISPLAY: ':99',
      DRAWBRIDGE_RUNTIME_DIR: join(this.root, 'run', 'db'),
      DRAWBRIDGE_IDLE_SECONDS: '600',
      MCP_REMOTE_CONFIG_DIR: folder('home/.mcp-auth'),
    };
  }

  async #unlockKeyring() {
    const socket = join(this.root, 'run', 'bus');
    const settings = join(this.root, 'run', 'bus.conf');
    writeFileSync(settings, BUS(socket));
    this.bus = this.start('dbus-daemon', [`--config-file=${settings}`, '--nofork', '--nopidfile']);
    await until(() => existsSync(socket), 'the D-Bus session');
    this.environment.DBUS_SESSION_BUS_ADDRESS = `unix:path=${socket}`;
    this.keyring = this.start('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets']);
    this.keyring.process.stdin.end('a password');
    await until(() => readdirSync(join(this.environment.XDG_DATA_HOME)).includes('keyrings'), 'the keyring');
  }

  start(command, args, more = {}) {
    return new Child(command, args, { env: { ...this.environment, ...more }, cwd: this.root });
  }

  /** Drawbridge's user configuration. */
  configure(servers) {
    const folder = join(this.environment.XDG_CONFIG_HOME, 'drawbridge');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'mcp.json'), JSON.stringify({ servers }));
  }

  async close() {
    await this.keyring?.end();
    this.bus?.process.kill();
    await this.bus?.end();
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Looks every few milliseconds until this holds. */
export async function until(holds, what, seconds = 60) {
  for (const end = Date.now() + seconds * 1_000; !(await holds()); ) {
    if (Date.now() > end) {
      throw new Error(`not within ${seconds} s: ${what}`);
    }
    await pause(10);
  }
}

export const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));
