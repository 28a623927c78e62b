// A plain AI host for the MCP conformance suite: it speaks one era over the stdio of `drawbridge proxy` and does what a
// scenario asks of a client. The suite appends its server's URL; DRAWBRIDGE is the launcher, HOST_ERA (initialize or
// stateless) the host's era, else the server's. README.md tells how to run it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const url = process.argv.at(-1);
const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? '';
const serverRevision = process.env.MCP_CONFORMANCE_PROTOCOL_VERSION ?? '2025-11-25';
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
const stateless = process.env.HOST_ERA ? process.env.HOST_ERA === 'stateless' : serverRevision >= '2026';
const revision = stateless ? '2026-07-28' : serverRevision < '2026' ? serverRevision : '2025-11-25';
const capabilities = { elicitation: { form: { applyDefaults: true } }, sampling: {}, roots: {} };
const clientInfo = { name: 'conformance-host', version: '1' };
const PATIENCE = 25_000;

function flags() {
  const all = ['--open-browser'];
  if (scenario === 'auth/basic-cimd') {
    all.push('--client-metadata-url', 'https://conformance-test.local/client-metadata.json');
  } else if (scenario === 'auth/client-credentials-jwt') {
    all.push('--oauth', JSON.stringify({
      grant: 'client_credentials', clientId: context.client_id, privateKey: context.private_key_pem,
      signingAlgorithm: context.signing_algorithm, tokenEndpointAuthMethod: 'private_key_jwt',
    }));
  } else if (scenario === 'auth/wif-jwt-bearer') {
    all.push('--oauth', JSON.stringify({
      grant: 'jwt_bearer', clientId: context.client_id, assertion: context.valid_jwt,
    }));
  } else if (context.idp_issuer) {
    all.push('--oauth', JSON.stringify({
      grant: 'enterprise_managed', clientId: context.client_id, clientSecret: context.client_secret,
      idp: {
        issuer: context.idp_issuer, tokenEndpoint: context.idp_token_endpoint, clientId: context.idp_client_id,
        idToken: context.idp_id_token,
      },
    }));
  } else if (context.client_id && context.client_secret) {
    const { client_id, client_secret } = context;
    all.push('--static-oauth-client-info', JSON.stringify({ client_id, client_secret }));
    if (scenario === 'auth/client-credentials-basic') {
      all.push('--client-credentials');
    }
  }
  return all;
}

const proxy = spawn(process.env.DRAWBRIDGE, ['proxy', url, ...flags()], {
  stdio: ['pipe', 'pipe', 'inherit'],
  env: { ...process.env, BROWSER: `${process.execPath} ${join(here, 'browser.mjs')}` },
});
proxy.on('exit', (code) => process.exit(process.exitCode ?? code ?? 1));

let lastId = 0;
let changes = 0;
const waiting = new Map();
const watchers = new Set();
const send = (message) => proxy.stdin.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n');

createInterface({ input: proxy.stdout }).on('line', (line) => {
  const message = JSON.parse(line);
  if (message.method && message.id !== undefined) {
    send({ id: message.id, result: answer(message) });
  } else if (message.method) {
    if (message.method === 'notifications/tools/list_changed') {
      changes++;
      watchers.forEach((watcher) => watcher());
    }
  } else {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  }
});

/** What a person and a model would say to a server's question. */
function answer({ method, params }) {
  if (method === 'elicitation/create') {
    const properties = params.requestedSchema?.properties ?? {};
    const content = {};
    for (const [name, schema] of Object.entries(properties)) {
      if (schema.default !== undefined) {
        content[name] = schema.default;
      } else if (schema.type === 'boolean') {
        content[name] = true;
      }
    }
    return { action: 'accept', content };
  }
  if (method === 'sampling/createMessage') {
    return { role: 'assistant', model: 'none', content: { type: 'text', text: 'hello' } };
  }
  return method === 'roots/list' ? { roots: [] } : {};
}

function once(method, params) {
  const id = ++lastId;
  const meta = stateless
    ? {
        'io.modelcontextprotocol/protocolVersion': revision,
        'io.modelcontextprotocol/clientInfo': clientInfo,
        'io.modelcontextprotocol/clientCapabilities': capabilities,
      }
    : undefined;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${method} was not answered`)), PATIENCE);
    waiting.set(id, (message) => {
      clearTimeout(timer);
      resolve(message);
    });
    send({ id, method, params: meta ? { ...params, _meta: meta } : params });
  });
}

/** A request to its end: through rounds of input in the stateless era. */
async function request(method, params = {}) {
  let extra = {};
  for (let round = 0; round < 8; round++) {
    const reply = await once(method, { ...params, ...extra });
    if (reply.result?.resultType !== 'input_required') {
      return reply;
    }
    const inputResponses = {};
    for (const [key, question] of Object.entries(reply.result.inputRequests ?? {})) {
      inputResponses[key] = answer(question);
    }
    extra = { inputResponses, requestState: reply.result.requestState };
  }
  throw new Error(`${method} wants input without end`);
}

function nextChange(seen, patience) {
  return new Promise((resolve) => {
    const look = () => {
      if (changes > seen) {
        watchers.delete(look);
        clearTimeout(timer);
        resolve(true);
      }
    };
    const timer = setTimeout(() => {
      watchers.delete(look);
      resolve(false);
    }, patience);
    watchers.add(look);
    look();
  });
}

const isOffer = (tools) => tools.length === 1 && tools[0].name === 'authenticate';

/** The server's tools; where a sign-in comes first, the host waits to be told of them as any host does. */
async function tools() {
  for (let round = 0; round < 5; round++) {
    const seen = changes;
    const reply = await request('tools/list');
    if (reply.error) {
      throw new Error(`tools/list: ${reply.error.message}`);
    }
    const list = reply.result.tools;
    if (list.length > 0 && !isOffer(list)) {
      return list;
    }
    if (!(await nextChange(seen, 12_000))) {
      return list;
    }
  }
  return [];
}

const needsSignIn = (reply) =>
  reply.error?.code === -32042 ||
  (reply.result?.isError && JSON.stringify(reply.result.content).includes('sign in'));

async function call(name, args = {}) {
  for (let round = 0; round < 5; round++) {
    const seen = changes;
    const reply = await request('tools/call', { name, arguments: args });
    if (!needsSignIn(reply) || !(await nextChange(seen, 8_000))) {
      return reply;
    }
  }
}

async function play() {
  if (stateless) {
    await request('server/discover');
    send({
      id: 'changes', method: 'subscriptions/listen',
      params: {
        notifications: { toolsListChanged: true },
        _meta: {
          'io.modelcontextprotocol/protocolVersion': revision,
          'io.modelcontextprotocol/clientInfo': clientInfo,
          'io.modelcontextprotocol/clientCapabilities': capabilities,
        },
      },
    });
  } else {
    await request('initialize', { protocolVersion: revision, capabilities, clientInfo });
    send({ method: 'notifications/initialized' });
  }
  const list = await tools();
  const has = (name) => list.some((tool) => tool.name === name);
  switch (scenario) {
    case 'initialize':
    case 'request-metadata':
    case 'json-schema-ref-no-deref':
      return;
    case 'tools_call':
      await call('add_numbers', { a: 5, b: 3 });
      return;
    case 'elicitation-sep1034-client-defaults':
      await call('test_client_elicitation_defaults');
      return;
    case 'sse-retry':
      await call('test_reconnection');
      return;
    case 'http-custom-headers':
      for (const { name, arguments: args } of context.toolCalls ?? []) {
        await call(name, args);
      }
      return;
    case 'http-standard-headers': {
      for (const tool of list) {
        await call(tool.name);
      }
      const { resources = [] } = (await request('resources/list')).result ?? {};
      for (const { uri } of resources) {
        await request('resources/read', { uri });
      }
      const { prompts = [] } = (await request('prompts/list')).result ?? {};
      for (const { name } of prompts) {
        await request('prompts/get', { name });
      }
      return;
    }
    case 'json-schema-2020-12-preservation': {
      const tool = list.find(({ name }) => name !== 'json_schema_echo');
      await call('json_schema_echo', { schema: (tool ?? list[0]).inputSchema });
      return;
    }
    default:
      for (const tool of list.filter(({ name }) => !isOffer([{ name }]) || has('other'))) {
        await call(tool.name);
      }
      if (scenario === 'auth/authorization-server-migration') {
        await tools();
        await call(list[0].name);
      }
  }
}

try {
  await play();
  process.exitCode = 0;
} catch (failure) {
  console.error(`host: ${failure.message}`);
  process.exitCode = 1;
}
proxy.stdin.end();
