// How long a host waits for `initialize` when the daemon runs: one proxy at a time, then ten at the same moment. The two
// products take turns, so that a machine that grows slower grows slower for both.
import { McpServer } from '../lib/parts.mjs';
import { startAndGreet } from '../lib/products.mjs';

export const name = 'start';

export async function measure({ products, rounds }) {
  const server = await McpServer.open();
  try {
    for (const product of products) {
      await together(product, server.url, 1); // The first start fills caches, and starts the daemon.
    }
    const alone = products.map(() => []);
    const ten = products.map(() => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, product] of products.entries()) {
        alone[index].push(await together(product, server.url, 1));
      }
    }
    for (let round = 0; round < Math.ceil(rounds / 4); round += 1) {
      for (const [index, product] of products.entries()) {
        ten[index].push(await together(product, server.url, 10));
      }
    }
    return [
      { what: 'proxy start to `initialize` answer, daemon running', unit: 'ms', figures: alone, goal: '≤ 100 ms' },
      { what: 'ten proxies started at once, all answered', unit: 'ms', figures: ten, goal: '≤ 450 ms' },
    ];
  } finally {
    await server.end();
  }
}

/** Milliseconds until the last of so many is answered. */
async function together(product, url, count) {
  const started = await Promise.all(Array.from({ length: count }, () => startAndGreet(product, url)));
  await Promise.all(started.map(({ proxy }) => proxy.end()));
  return Math.max(...started.map(({ took }) => took));
}
