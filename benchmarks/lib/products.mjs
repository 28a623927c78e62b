// The two that are measured: how each starts, and which processes are its own.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { family } from './memory.mjs';

const here = dirname(fileURLToPath(import.meta.url));
export const launcher = join(here, '../../server/target/drawbridge/bin/drawbridge');
const peer = join(here, '../node_modules/mcp-remote');

export const HELLO = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'benchmark', version: '1.0.0' },
};

/** Drawbridge: a proxy is `drawbridge proxy URL`; the daemon is shared. */
export class Drawbridge {
  name = 'Drawbridge';

  constructor(home) {
    this.home = home;
  }

  proxy(url) {
    return this.home.start(launcher, ['proxy', url]).speaksLines();
  }

  editor() {
    return this.home.start(launcher, ['lsp']).speaksFrames();
  }

  /** The process id of the daemon that runs. */
  async daemon() {
    const status = await this.run('status', '--json');
    return JSON.parse(status).pid;
  }

  /** What a command of the terminal prints. */
  run(...args) {
    return new Promise((resolve, reject) => {
      const child = this.home.start(launcher, args);
      let text = '';
      child.process.stdout.on('data', (chunk) => (text += chunk));
      child.process.once('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`${child.name}: ${child.errors}`))));
      child.process.stdin.end();
    });
  }

  /** The launcher becomes the JVM, and what the daemon starts are the user's servers, so these are all there are. */
  async processes(proxies) {
    return [...proxies.map(({ pid }) => pid), await this.daemon()];
  }
}

/** mcp-remote, started by node itself: npx would add its own start. */
export class McpRemote {
  name = `mcp-remote ${JSON.parse(readFileSync(join(peer, 'package.json'), 'utf8')).version}`;

  constructor(home) {
    this.home = home;
  }

  proxy(url) {
    return this.home.start(process.execPath, [join(peer, 'dist/proxy.js'), url]).speaksLines();
  }

  async processes(proxies) {
    return family(...proxies.map(({ pid }) => pid));
  }
}

/** Greets a proxy as a host does; milliseconds to its answer since `since`. */
export async function greet(proxy, since = performance.now()) {
  const answer = await proxy.ask(0, 'initialize', HELLO);
  const took = performance.now() - since;
  if (!answer.result) {
    throw new Error(`${proxy.name}: ${JSON.stringify(answer)}`);
  }
  proxy.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  return took;
}

/** Starts a proxy and greets it; milliseconds from the start of its process to its answer. */
export async function startAndGreet(product, url) {
  const since = performance.now();
  const proxy = product.proxy(url);
  return { proxy, took: await greet(proxy, since) };
}

