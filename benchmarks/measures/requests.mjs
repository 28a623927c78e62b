// What a proxy's start costs the server, in HTTP requests: a host starts, says hello, lists the tools. The daemon runs and
// has seen the server before.
import { McpServer } from '../lib/parts.mjs';
import { pause } from '../lib/home.mjs';
import { startAndGreet } from '../lib/products.mjs';

export const name = 'requests';
const STARTS = 5;

export async function measure({ products }) {
  const figures = [];
  for (const product of products) {
    const server = await McpServer.open();
    const first = (await startAndGreet(product, server.url)).proxy;
    await first.ask(1, 'tools/list');
    await pause(1_000);
    const before = (await server.counts()).requests;
    for (let each = 0; each < STARTS; each += 1) {
      const { proxy } = await startAndGreet(product, server.url);
      await proxy.ask(1, 'tools/list');
      await pause(500);
      await proxy.end();
    }
    figures.push(((await server.counts()).requests - before) / STARTS);
    await first.end();
    await server.end();
  }
  return [{ what: 'requests to the server per proxy start, `tools/list` included', unit: 'requests', figures, goal: '≤ 1; 0 when cached' }];
}
