// An AI host on the official TypeScript SDK, of either generation: it starts the given program over stdio and does what a
// test says, one JSON line each way.
//
// node official-host.mjs '{"sdk": 1, "command": "drawbridge", "args": ["proxy", "notes"]}'
// {"do": "tools"} · {"do": "call", "name": "echo", "arguments": {}} · {"do": "cancel", …}
import { createInterface } from 'node:readline';

const settings = JSON.parse(process.argv[2]);
const say = (line) => console.log(JSON.stringify(line));
const info = { name: `official-host-${settings.sdk}`, version: '1.0.0' };
const capabilities = { elicitation: {}, sampling: {}, roots: { listChanged: true } };
const answers = {
  'elicitation/create': (params) => ({ action: 'accept', content: { answer: `${info.name} to ${params.message}` } }),
  'sampling/createMessage': (params) => ({
    model: info.name,
    role: 'assistant',
    content: { type: 'text', text: `sampled: ${params.messages[0].content.text}` },
  }),
  'roots/list': () => ({ roots: [{ uri: 'file:///official', name: 'official' }] }),
};
const changed = ['tools', 'resources', 'prompts'].map((kind) => `notifications/${kind}/list_changed`);

const { client, transport, call } = settings.sdk === 1 ? await first() : await second();
client.onclose = () => say({ event: 'closed' });
client.onerror = (problem) => say({ event: 'error', message: problem.message });
await client.connect(transport);
say({ event: 'connected', server: client.getServerVersion(), version: client.getNegotiatedProtocolVersion?.() });

/** The `initialize` family. */
async function first() {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
  const types = await import('@modelcontextprotocol/sdk/types.js');
  const sdk = new Client(info, { capabilities });
  const schemas = [types.ElicitRequestSchema, types.CreateMessageRequestSchema, types.ListRootsRequestSchema];
  Object.entries(answers).forEach(([, answer], i) => sdk.setRequestHandler(schemas[i], ({ params }) => answer(params)));
  const notifications = [
    types.ToolListChangedNotificationSchema,
    types.ResourceListChangedNotificationSchema,
    types.PromptListChangedNotificationSchema,
  ];
  notifications.forEach((schema, i) => sdk.setNotificationHandler(schema, () => say({ event: changed[i] })));
  return {
    client: sdk,
    transport: new StdioClientTransport({ ...settings, stderr: 'inherit' }),
    call: (params, options) => sdk.callTool(params, types.CallToolResultSchema, options),
  };
}

/** 2026-07-28, which this generation finds out by asking. */
async function second() {
  const { Client } = await import('@modelcontextprotocol/client');
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  const tools = { onChanged: () => say({ event: changed[0] }) };
  const sdk = new Client(info, {
    capabilities,
    versionNegotiation: { mode: settings.mode ?? 'auto' },
    listChanged: { tools: { autoRefresh: false, ...tools } },
  });
  Object.entries(answers).forEach(([method, answer]) => sdk.setRequestHandler(method, ({ params }) => answer(params)));
  return {
    client: sdk,
    transport: new StdioClientTransport({ ...settings, stderr: 'inherit' }),
    call: (params, options) => sdk.callTool(params, options),
  };
}

async function perform(order) {
  switch (order.do) {
    case 'tools':
      return { tools: (await client.listTools()).tools.map((tool) => tool.name) };
    case 'call':
    case 'cancel': {
      const controller = new AbortController();
      const steps = [];
      const onprogress = (progress) => {
        steps.push(progress.progress);
        if (order.do === 'cancel') {
          controller.abort('enough');
        }
      };
      const params = { name: order.name, arguments: order.arguments };
      const options = { onprogress, signal: controller.signal, timeout: 60_000 };
      return { ...(await call(params, options).finally(() => say({ event: 'progress', steps }))) };
    }
    default:
      throw new Error(`no such order: ${order.do}`);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  // Orders may overlap, as a host's requests do.
  perform(order).then(
    (result) => say({ order: order.id, result }),
    (problem) => say({ order: order.id, error: { code: problem.code, message: problem.message, data: problem.data } }),
  );
}
await client.close();
process.exit(0);
