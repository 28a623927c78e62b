// What it weighs: ten hosts on one server, four editors with ten servers, and a daemon that only waits.
import { McpServer, everything } from '../lib/parts.mjs';
import { pause, until } from '../lib/home.mjs';
import { pss, rss } from '../lib/memory.mjs';
import { startAndGreet } from '../lib/products.mjs';
import { attach, leave } from './editor.mjs';

export const name = 'memory';
const SETTLED = 3_000; // Milliseconds; a JVM and node both still work a little after their first answer.

export async function measure(run) {
  return [await tenHosts(run), await idleDaemon(run), await fourEditors(run)];
}

async function tenHosts({ products }) {
  const server = await McpServer.open();
  const figures = [];
  for (const product of products) {
    const started = [];
    for (let each = 0; each < 10; each += 1) {
      started.push(await startAndGreet(product, server.url));
    }
    const proxies = started.map(({ proxy }) => proxy);
    await Promise.all(proxies.map((proxy) => proxy.ask(1, 'tools/list')));
    await Promise.all(proxies.map((proxy) => proxy.ask(2, 'tools/call', { name: 'echo', arguments: { message: 'hello' } })));
    await pause(SETTLED);
    figures.push(pss(await product.processes(proxies)));
    await Promise.all(proxies.map((proxy) => proxy.end()));
  }
  await server.end();
  return { what: 'memory of 10 proxies on one server (PSS, daemon included)', unit: 'MB', figures, goal: '≤ 200 MB' };
}

async function idleDaemon({ drawbridge, home }) {
  const servers = await several(5);
  await drawbridge.run('stop');
  home.configure(remotes(servers));
  const { editor, answered } = await attach(drawbridge);
  await answered;
  await connected(editor, 5);
  await pause(SETTLED);
  const figures = [pss([await drawbridge.daemon()])];
  await leave(editor);
  home.configure({});
  await Promise.all(servers.map((server) => server.end()));
  return { what: 'idle daemon, 1 editor, 5 servers (PSS)', unit: 'MB', figures, goal: '≤ 90 MB' };
}

/**
 * Five remote and five stdio servers, in each of four editors. The stdio servers are other people's programs and are left
 * out for both. The peer serves remote servers only, one process for each of them and each editor.
 */
async function fourEditors({ drawbridge, peer, home }) {
  const servers = await several(5);
  await drawbridge.run('stop');
  const stdio = Object.fromEntries(
    Array.from({ length: 5 }, (none, index) => [`local${index}`, { command: process.execPath, args: [everything, 'stdio'] }]),
  );
  home.configure({ ...remotes(servers), ...stdio });
  const editors = [];
  for (let each = 0; each < 4; each += 1) {
    const { editor, answered } = await attach(drawbridge);
    await answered;
    await connected(editor, 10);
    editors.push(editor);
  }
  await pause(SETTLED);
  const ours = rss([...editors.map(({ pid }) => pid), await drawbridge.daemon()]);
  await Promise.all(editors.map(leave));
  home.configure({});

  const proxies = [];
  for (let each = 0; each < 20; each += 1) {
    proxies.push((await startAndGreet(peer, servers[each % 5].url)).proxy);
  }
  await pause(SETTLED);
  const theirs = rss(await peer.processes(proxies));
  await Promise.all(proxies.map((proxy) => proxy.end()));
  await Promise.all(servers.map((server) => server.end()));
  return {
    what: '4 editors × 10 servers (5 remote, 5 stdio), own processes, RSS (the peer: the remote half alone)',
    unit: 'MB',
    figures: [ours, theirs],
    goal: '≤ 450 MB',
  };
}

export const several = (count) => Promise.all(Array.from({ length: count }, (none, index) => McpServer.open(`open${index}`)));

export const remotes = (servers) => Object.fromEntries(servers.map(({ url }, index) => [`remote${index}`, { url }]));

/** Until so many servers are connected. */
export async function connected(editor, count) {
  let id = 100;
  await until(async () => {
    const { result } = await editor.ask((id += 1), 'mcp/listServers', {});
    await pause(50);
    return result.servers.filter(({ state }) => (state.kind ?? state) === 'connected').length === count;
  }, `${count} connected servers`);
}
