// Eight hosts on one protected server; the server then drops every access token at the same moment, and each host calls.
// Counted at the authorization server: refreshes, refresh tokens used twice, and visits to the authorization endpoint.
import { AuthorizationServer, McpServer, Person } from '../lib/parts.mjs';
import { pause, until } from '../lib/home.mjs';
import { HELLO } from '../lib/products.mjs';

export const name = 'refresh';
const HOSTS = 8;
const ADDRESS = /https?:\/\/[^\s"\\)]*response_type=code[^\s"\\)]*/;
const CALL = { name: 'whoami', arguments: {} };

export async function measure({ products }) {
  const counted = [];
  for (const product of products) {
    counted.push(await dropped(product));
  }
  const row = (what, pick, goal) => ({ what: `8 hosts, every access token dropped at once: ${what}`, unit: '', figures: counted.map(pick), goal });
  return [
    row('refreshes', ({ refreshes }) => refreshes, '1'),
    row('refresh tokens used twice', ({ reused }) => reused, '0'),
    row('visits to the authorization endpoint', ({ visits }) => visits, '0'),
    row('calls answered without a new sign-in', ({ answered }) => answered, '8'),
  ];
}

async function dropped(product) {
  const issuer = await AuthorizationServer.with();
  const server = await McpServer.protectedBy(issuer);
  const person = await Person.atABrowser();
  const proxies = [];
  try {
    proxies.push(await signedIn(product, server.url, person));
    for (let each = 1; each < HOSTS; each += 1) {
      const proxy = product.proxy(server.url);
      proxies.push(proxy);
      await hello(proxy);
    }
    await Promise.all(proxies.map((proxy) => call(proxy, 2)));
    const before = await issuer.counts();
    await server.do('dropTokens', {});
    const answers = await Promise.all(proxies.map((proxy) => call(proxy, 3).catch(() => ({}))));
    await pause(3_000);
    const after = await issuer.counts();
    return {
      refreshes: (after.token.refresh_token ?? 0) - (before.token.refresh_token ?? 0),
      reused: after.refreshTokensReused - before.refreshTokensReused,
      visits: after.authorize - before.authorize,
      answered: answers.filter(({ result }) => result && !result.isError).length,
    };
  } finally {
    await Promise.all(proxies.map((proxy) => proxy.end()));
    await person.end();
    await server.end();
    await issuer.end();
  }
}

/** A first host, whose user signs in: at the address that the proxy prints, or that the answer to a call names. */
async function signedIn(product, url, person) {
  const proxy = product.proxy(url);
  const greeted = hello(proxy);
  const address = await Promise.race([
    until(() => ADDRESS.test(proxy.errors), 'a printed address').then(() => ADDRESS.exec(proxy.errors)[0]),
    greeted.then(() => offered(proxy)),
  ]);
  await person.visit(address);
  await greeted;
  let id = 100;
  await until(async () => {
    const { result } = await proxy.ask((id += 1), 'tools/call', CALL);
    await pause(100);
    return result && !result.isError;
  }, 'a call after the sign-in');
  return proxy;
}

async function hello(proxy) {
  await proxy.ask(0, 'initialize', HELLO);
  proxy.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
}

/** The address in the answer to a call before anybody signed in; never answered when the call simply works. */
async function offered(proxy) {
  const address = ADDRESS.exec(JSON.stringify(await proxy.ask(1, 'tools/call', CALL)));
  return address ? address[0] : new Promise(() => {});
}

const call = (proxy, id) => proxy.ask(id, 'tools/call', CALL, 30);
