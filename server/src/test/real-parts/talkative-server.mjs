// An MCP server on the official SDK, without OAuth, whose every message names whom it is for: progress, log messages,
// questions of every kind and resource updates. A test can tell from that whether one host heard another's.
//
// node talkative-server.mjs   prints one line of JSON when it listens, on the port in PORT or on any.
import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  CreateMessageResultSchema,
  ElicitResultSchema,
  ListRootsResultSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import express from 'express';
import { z } from 'zod';
import { admin, listen } from './loopback-http.mjs';

const sessions = new Map();
const counts = { initialize: 0, cancelled: [], begun: [], subscriptions: [], levels: [] };
const app = express();
app.use(express.json({ limit: '64mb' }));

app.post('/mcp', async (request, response) => {
  const id = request.headers['mcp-session-id'];
  if (id && !sessions.has(id)) {
    response.status(404).json({ jsonrpc: '2.0', error: { code: -32001, message: 'Session not found' }, id: null });
    return;
  }
  for (const message of [request.body].flat()) {
    if (message.method === 'logging/setLevel') {
      counts.levels.push(message.params.level);
    }
  }
  const session = id ? sessions.get(id) : await open();
  await session.transport.handleRequest(request, response, request.body);
});

for (const method of ['get', 'delete']) {
  app[method]('/mcp', async (request, response) => {
    const session = sessions.get(request.headers['mcp-session-id']);
    if (session) {
      await session.transport.handleRequest(request, response);
    } else {
      response.status(404).end();
    }
  });
}

async function open() {
  counts.initialize += 1;
  const session = { watched: new Set() };
  session.server = server(session);
  session.transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => sessions.set(id, session),
  });
  session.transport.onclose = () => sessions.delete(session.transport.sessionId);
  await session.server.connect(session.transport);
  return session;
}

const text = (words) => ({ content: [{ type: 'text', text: words }] });

function server(session) {
  const mcp = new McpServer(
    { name: 'talkative', version: '1.0.0' },
    { capabilities: { logging: {}, resources: { subscribe: true, listChanged: true } } },
  );
  const who = z.string();
  const tool = (name, inputSchema, run) => mcp.registerTool(name, { description: name, inputSchema }, run);
  tool('work', { who, steps: z.number().int(), millis: z.number().int() }, async ({ who, steps, millis }, call) => {
    counts.begun.push(who);
    for (let step = 1; step <= steps; step += 1) {
      if (call._meta?.progressToken !== undefined) {
        const params = { progressToken: call._meta.progressToken, progress: step, total: steps, message: who };
        await call.sendNotification({ method: 'notifications/progress', params });
      }
      // Also after the last one: the SDK's clients lose a report that comes in one piece with the answer.
      await new Promise((resume) => setTimeout(resume, millis));
      if (call.signal.aborted) {
        counts.cancelled.push(who);
        return text('cancelled');
      }
    }
    return text(`${who} has worked`);
  });
  tool('ask', { who }, async ({ who }, call) => {
    const requestedSchema = { type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'] };
    const params = { message: who, requestedSchema };
    const said = await call.sendRequest({ method: 'elicitation/create', params }, ElicitResultSchema);
    return text(`${who} says ${said.content?.answer}`);
  });
  tool('sample', { who }, async ({ who }, call) => {
    const params = { messages: [{ role: 'user', content: { type: 'text', text: who } }], maxTokens: 10 };
    const said = await call.sendRequest({ method: 'sampling/createMessage', params }, CreateMessageResultSchema);
    return text(`${who} samples ${said.content.text}`);
  });
  tool('roots', { who }, async ({ who }, call) => {
    const said = await call.sendRequest({ method: 'roots/list' }, ListRootsResultSchema);
    return text(`${who} is in ${said.roots.map((root) => root.uri)}`);
  });
  tool('log', { who }, async ({ who }, call) => {
    for (const level of ['debug', 'info', 'error']) {
      await mcp.sendLoggingMessage({ level, data: who }, call.sessionId);
    }
    return text(`${who} has logged`);
  });
  // Whoever touches a resource: those hear of it that watch it, in whichever session.
  tool('touch', { who }, async ({ who }) => {
    const uri = `test://${who}`;
    for (const { server: each, watched } of sessions.values()) {
      if (watched.has(uri)) {
        await each.server.sendResourceUpdated({ uri });
      }
    }
    return text(`${who} has touched`);
  });
  tool('echo', { message: z.string() }, async ({ message }) => text(`Echo: ${message}`));
  tool('large', { length: z.number().int() }, async ({ length }) => text('x'.repeat(length)));
  mcp.registerResource('any', 'test://any', { mimeType: 'text/plain' }, async (uri) => ({
    contents: [{ uri: uri.href, text: 'anything' }],
  }));
  mcp.server.setRequestHandler(SubscribeRequestSchema, ({ params }) => {
    counts.subscriptions.push(params.uri);
    session.watched.add(params.uri);
    return {};
  });
  mcp.server.setRequestHandler(UnsubscribeRequestSchema, ({ params }) => {
    session.watched.delete(params.uri);
    return {};
  });
  return mcp;
}

const adminUrl = await admin({
  counts: () => ({ ...counts, sessions: sessions.size }),
});
const origin = await listen(app, Number(process.env.PORT ?? 0));
console.log(JSON.stringify({ url: `${origin}/mcp`, admin: adminUrl }));
