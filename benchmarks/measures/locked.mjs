// Five hosts at once on a server that needs a sign-in which nobody has done: how long until each has the answers to
// `initialize` and `tools/list`. A product that answers only after the sign-in has no figure.
import { AuthorizationServer, McpServer } from '../lib/parts.mjs';
import { greet } from '../lib/products.mjs';

export const name = 'locked';
const HOSTS = 5;
const PATIENCE = 10_000; // Milliseconds; hosts give up after some tens of seconds.

export async function measure({ products, rounds }) {
  const issuer = await AuthorizationServer.with();
  const server = await McpServer.protectedBy(issuer);
  try {
    const figures = products.map(() => []);
    const silent = new Set();
    for (let round = 0; round <= Math.ceil(rounds / 4); round += 1) {
      for (const [index, product] of products.entries()) {
        if (!silent.has(index)) {
          const took = await together(product, server.url);
          if (took === undefined) {
            silent.add(index);
          } else if (round > 0) {
            figures[index].push(took); // The first round starts the daemon.
          }
        }
      }
    }
    return [
      {
        what: '5 hosts at once on a server that waits for a sign-in: `initialize` and `tools/list` answered to all',
        unit: 'ms',
        figures: figures.map((list, index) => (silent.has(index) ? undefined : list)),
        goal: '≤ 1,000 ms',
      },
    ];
  } finally {
    await server.end();
    await issuer.end();
  }
}

/** Milliseconds until all are answered; nothing when one of them is not in time. */
async function together(product, url) {
  const since = performance.now();
  const proxies = Array.from({ length: HOSTS }, () => product.proxy(url));
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE)));
  const all = Promise.all(proxies.map((proxy) => greet(proxy).then(() => proxy.ask(1, 'tools/list'))));
  all.catch(() => {}); // Whoever is ended before it answered.
  const took = await Promise.race([all.then(() => performance.now() - since), late]);
  clearTimeout(timer);
  await Promise.all(proxies.map((proxy) => proxy.end()));
  return took;
}
