// What a proxy adds to a tool call: the same 500 small calls, one after the other, straight to the server over one kept
// connection, and through each product. Added is the difference of the percentiles.
import { Agent, request } from 'node:http';
import { percentile } from '../lib/figures.mjs';
import { McpServer } from '../lib/parts.mjs';
import { HELLO, startAndGreet } from '../lib/products.mjs';

export const name = 'latency';
const CALL = { name: 'echo', arguments: { message: 'hello' } };
const WARM_UP = 200;

export async function measure({ products, rounds }) {
  const server = await McpServer.open();
  try {
    const calls = rounds * 25;
    const straight = await direct(server.url);
    const callers = [straight];
    for (const product of products) {
      const { proxy } = await startAndGreet(product, server.url);
      let id = 1;
      callers.push({ call: () => proxy.ask((id += 1), 'tools/call', CALL), end: () => proxy.end() });
    }
    const times = callers.map(() => []);
    await blocks(callers, WARM_UP, callers.map(() => []));
    await blocks(callers, calls, times);
    await Promise.all(callers.map((caller) => caller.end()));
    const added = (share) => times.slice(1).map((list) => percentile(list, share) - percentile(times[0], share));
    return [
      { what: `added latency of a tool call, p50 of ${calls}`, unit: 'ms', figures: added(0.5), goal: '≤ 0.7 ms' },
      { what: `added latency of a tool call, p95 of ${calls}`, unit: 'ms', figures: added(0.95), goal: '≤ 2 ms' },
    ];
  } finally {
    await server.end();
  }
}

/** The callers take turns, 50 calls each, so that all see the same machine. */
async function blocks(callers, calls, times) {
  for (let done = 0; done < calls; done += 50) {
    for (const [index, caller] of callers.entries()) {
      for (let each = 0; each < 50; each += 1) {
        const since = performance.now();
        const answer = await caller.call();
        times[index].push(performance.now() - since);
        if (!answer.result?.content) {
          throw new Error(`a call failed: ${JSON.stringify(answer)}`);
        }
      }
    }
  }
}

/** A host that speaks Streamable HTTP to the server itself, as plainly as can be. */
async function direct(url) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let session;
  let id = 0;
  const post = (method, params, notification) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...(notification ? {} : { id: (id += 1) }), method, params });
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'content-length': Buffer.byteLength(body),
        ...(session ? { 'mcp-session-id': session, 'mcp-protocol-version': HELLO.protocolVersion } : {}),
      };
      const sent = request(url, { method: 'POST', agent, headers }, (response) => {
        session ??= response.headers['mcp-session-id'];
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve(text && JSON.parse(/^data: *(\{.*)$/m.exec(text)?.[1] ?? text)));
      });
      sent.on('error', reject).end(body);
    });
  await post('initialize', HELLO);
  await post('notifications/initialized', {}, true);
  return { call: () => post('tools/call', CALL), end: async () => agent.destroy() };
}
