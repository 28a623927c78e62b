// An MCP server on the official SDK behind bearer verification: tokens of one issuer, checked against its JWKS, its
// address as their audience (or another one that a test sets, such as a client's id for ID tokens), RFC 9728 metadata;
// with `dpop` only tokens bound to a key (RFC 9449). It counts requests and lets a test drop tokens, sessions and answers.
//
// node mcp-server.mjs '{"issuer": "http://127.0.0.1:1234", "jwks": "…", "scopes": ["mcp:tools"]}'
import { createHash, randomUUID } from 'node:crypto';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import express from 'express';
import { calculateJwkThumbprint, createRemoteJWKSet, decodeJwt, EmbeddedJWK, jwtVerify } from 'jose';
import { z } from 'zod';
import { admin, Faults, listen } from './loopback-http.mjs';

const settings = {
  scopes: ['mcp:tools'],
  advertisedScopes: undefined,
  path: '/mcp',
  name: 'protected',
  open: false,
  dpop: false,
  dpopNonce: undefined,
  ...JSON.parse(process.argv[2] ?? '{}'),
};

const counts = { requests: 0, initialize: 0, methods: {}, unauthorized: 0, forbidden: 0, get: 0, delete: 0, metadata: 0 };
const calls = [];
const headersSeen = [];
const proofErrors = [];
const tokens = new Set();
const dropped = new Set();
const sessions = new Map();
const faults = new Faults();
const app = express();

let origin = '';
const resource = () => new URL(settings.path, origin).href;
const metadataUrl = () => new URL(`/.well-known/oauth-protected-resource${settings.path}`, origin).href;

app.get(['/.well-known/oauth-protected-resource', `/.well-known/oauth-protected-resource${settings.path}`], (request, response) => {
  counts.metadata += 1;
  response.json({
    resource: resource(),
    authorization_servers: [settings.issuer],
    scopes_supported: settings.advertisedScopes ?? settings.scopes,
    bearer_methods_supported: ['header'],
    ...(settings.dpop && { dpop_bound_access_tokens_required: true, dpop_signing_alg_values_supported: ['ES256'] }),
  });
});

const keys = settings.jwks && createRemoteJWKSet(new URL(settings.jwks));

const verifier = {
  async verifyAccessToken(token) {
    tokens.add(token);
    if (dropped.has(token)) {
      throw new InvalidTokenError('the token was dropped');
    }
    try {
      const { payload } = await jwtVerify(token, keys, { issuer: settings.issuer, audience: settings.audience ?? resource() });
      return {
        token,
        clientId: payload.client_id,
        scopes: (payload.scope ?? '').split(' ').filter(Boolean),
        expiresAt: payload.exp,
        resource: new URL(resource()),
        extra: { subject: payload.sub },
      };
    } catch (problem) {
      throw new InvalidTokenError(problem.message);
    }
  },
};

app.use(settings.path, (request, response, next) => {
  counts.requests += 1;
  headersSeen.push({ ...request.headers });
  if (settings.cookie) {
    // As load balancers do that send a session's requests to one machine.
    response.setHeader('set-cookie', `${settings.cookie}; Path=/`);
  }
  response.on('finish', () => {
    counts.unauthorized += response.statusCode === 401 ? 1 : 0;
    counts.forbidden += response.statusCode === 403 ? 1 : 0;
  });
  next();
});

const proofsSeen = new Set();
const keysSeen = new Set();

/** What is wrong with a request's proof (RFC 9449 section 4.3), as the error to answer with. */
async function proofProblem(request, token) {
  let proof;
  try {
    proof = await jwtVerify(request.headers.dpop, EmbeddedJWK, { typ: 'dpop+jwt', algorithms: ['ES256'] });
  } catch (problem) {
    return `invalid_dpop_proof", error_description="${problem.message.replace(/"/g, '')}`;
  }
  const { payload, protectedHeader } = proof;
  const jkt = await calculateJwkThumbprint(protectedHeader.jwk, 'sha256');
  const wrong = Object.entries({
    htm: payload.htm !== request.method,
    htu: payload.htu !== resource(),
    iat: Math.abs(Date.now() / 1000 - payload.iat) > 60,
    jti: typeof payload.jti !== 'string' || proofsSeen.has(payload.jti),
    ath: payload.ath !== createHash('sha256').update(token).digest('base64url'),
    jkt: decodeJwt(token).cnf?.jkt !== jkt,
  }).filter(([, bad]) => bad).map(([name]) => name);
  if (wrong.length > 0) {
    return `invalid_dpop_proof", error_description="${wrong.join(' ')}`;
  }
  proofsSeen.add(payload.jti);
  keysSeen.add(jkt);
  return settings.dpopNonce && payload.nonce !== settings.dpopNonce ? 'use_dpop_nonce' : undefined;
}

if (settings.dpop) {
  app.use(settings.path, async (request, response, next) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    const error = scheme === 'DPoP' ? await proofProblem(request, token) : token ? 'invalid_token' : undefined;
    if (settings.dpopNonce) {
      response.setHeader('DPoP-Nonce', settings.dpopNonce);
    }
    if (error || !token) {
      const details = `algs="ES256", resource_metadata="${metadataUrl()}"`;
      response.setHeader('WWW-Authenticate', `DPoP ${error ? `error="${error}", ` : ''}${details}`).status(401).end();
      proofErrors.push(...(error ? [error] : []));
      return;
    }
    // The verifier of the SDK looks for bearer tokens; what it checks is the same.
    request.headers.authorization = `Bearer ${token}`;
    next();
  });
}

if (!settings.open) {
  app.use(settings.path, (request, response, next) =>
    requireBearerAuth({ verifier, requiredScopes: settings.scopes, resourceMetadataUrl: metadataUrl() })(request, response, next),
  );
}

app.use(settings.path, express.json({ limit: '64mb' }));

function note(body) {
  for (const message of Array.isArray(body) ? body : [body]) {
    if (message?.method) {
      counts.methods[message.method] = (counts.methods[message.method] ?? 0) + 1;
    }
  }
}

app.post(settings.path, async (request, response) => {
  note(request.body);
  const id = request.headers['mcp-session-id'];
  let transport = id && sessions.get(id);
  if (!transport && id) {
    response.status(404).json({ jsonrpc: '2.0', error: { code: -32001, message: 'Session not found' }, id: null });
    return;
  }
  if (!transport) {
    if (!isInitializeRequest(request.body)) {
      response.status(400).json({ jsonrpc: '2.0', error: { code: -32000, message: 'No session' }, id: null });
      return;
    }
    counts.initialize += 1;
    transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (session) => sessions.set(session, transport),
    });
    transport.onclose = () => sessions.delete(transport.sessionId);
    await server().connect(transport);
  }
  await transport.handleRequest(request, response, request.body);
});

for (const method of ['get', 'delete']) {
  app[method](settings.path, async (request, response) => {
    counts[method] += 1;
    const transport = sessions.get(request.headers['mcp-session-id']);
    if (!transport) {
      response.status(request.headers['mcp-session-id'] ? 404 : 400).end();
      return;
    }
    await transport.handleRequest(request, response);
  });
}

/** One MCP server for each session, as the SDK wants it. */
function server() {
  const mcp = new McpServer({ name: settings.name, version: '1.0.0' }, { capabilities: { logging: {} } });
  mcp.registerTool(
    'echo',
    { description: 'Gives back what it is given', inputSchema: { message: z.string() } },
    async ({ message }, { authInfo }) => {
      calls.push({ tool: 'echo', message, subject: authInfo?.extra?.subject });
      return { content: [{ type: 'text', text: `Echo: ${message}` }] };
    },
  );
  mcp.registerTool('whoami', { description: 'Says who is signed in' }, async ({ authInfo }) => {
    calls.push({ tool: 'whoami', subject: authInfo?.extra?.subject });
    return { content: [{ type: 'text', text: `You are ${authInfo?.extra?.subject ?? 'nobody'}` }] };
  });
  mcp.registerTool(
    'slow',
    { description: 'Reports progress, then answers', inputSchema: { steps: z.number().int().max(100), millis: z.number().int().max(5000) } },
    async ({ steps, millis }, { sendNotification, _meta, signal }) => {
      calls.push({ tool: 'slow' });
      for (let step = 1; step <= steps && !signal.aborted; step += 1) {
        await new Promise((resume) => setTimeout(resume, millis));
        if (_meta?.progressToken !== undefined) {
          await sendNotification({
            method: 'notifications/progress',
            params: { progressToken: _meta.progressToken, progress: step, total: steps },
          });
        }
      }
      calls.push({ tool: 'slow', ended: signal.aborted ? 'cancelled' : 'done' });
      return { content: [{ type: 'text', text: `${steps} steps` }] };
    },
  );
  mcp.registerTool(
    'large',
    { description: 'Answers with this many characters', inputSchema: { length: z.number().int().max(200_000_000) } },
    async ({ length }) => ({ content: [{ type: 'text', text: 'x'.repeat(length) }] }),
  );
  mcp.registerResource('greeting', 'test://greeting', { mimeType: 'text/plain' }, async (uri) => ({
    contents: [{ uri: uri.href, text: 'Hello from a resource' }],
  }));
  mcp.registerPrompt('greet', { description: 'A greeting', argsSchema: { name: z.string() } }, ({ name }) => ({
    messages: [{ role: 'user', content: { type: 'text', text: `Greet ${name}` } }],
  }));
  return mcp;
}

const adminUrl = await admin({
  counts: () => ({ ...counts, sessions: sessions.size, keys: keysSeen.size }),
  proofErrors: () => proofErrors,
  calls: () => calls,
  headers: () => headersSeen,
  tokens: () => [...tokens],
  set: (changes) => Object.assign(settings, changes),
  fault: (fault) => faults.order(fault),
  clearFaults: () => faults.clear(),
  // Every access token seen so far answers 401 from now on, whatever its expiry says.
  dropTokens: () => tokens.forEach((token) => dropped.add(token)),
  // The server was restarted: it knows no session any more.
  dropSessions: () => {
    for (const transport of [...sessions.values()]) {
      transport.close();
    }
    sessions.clear();
  },
});

// A fault comes before everything else, so the application's handler is not used directly.
origin = await listen(async (request, response) => {
  if (!(await faults.meet(request, response))) {
    app(request, response);
  }
}, settings.port ?? 0);
console.log(JSON.stringify({ url: resource(), admin: adminUrl }));
