// A certified authorization server (oidc-provider) for the end-to-end tests: registration, PKCE, resource indicators,
// `iss`, rotation with reuse detection, revocation, device code, client credentials, and real sign-in and consent pages
// that take any name and password. It counts what clients do and lets a test revoke, forget and disturb.
//
// node authorization-server.mjs '{"accessTokenTtl": 60, "rotate": true}'   prints one line of JSON when it listens.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider, { errors } from 'oidc-provider';
import { admin, Faults, HOST, listen } from './loopback-http.mjs';

const settings = {
  accessTokenTtl: 60,
  rotate: true,
  refreshTokens: true,
  iss: true,
  registration: true,
  dpop: false,
  dpopNonce: false,
  scopes: ['mcp:tools', 'mcp:admin'],
  clients: [],
  host: HOST,
  ...JSON.parse(process.argv[2] ?? '{}'),
};

const counts = { authorize: 0, token: {}, registered: 0, refreshTokensReused: 0, revoked: 0, metadata: 0, signedIn: 0 };
const errorsSeen = [];
const paths = [];
const faults = new Faults();

/** Everything the server remembers, in memory: model name → id → {payload, expires}. */
const memory = new Map();

class Memory {
  #name;

  constructor(name) {
    this.#name = name;
  }

  get #entries() {
    if (!memory.has(this.#name)) {
      memory.set(this.#name, new Map());
    }
    return memory.get(this.#name);
  }

  async upsert(id, payload, expiresIn) {
    this.#entries.set(id, { payload, expires: expiresIn ? Date.now() + expiresIn * 1000 : Infinity });
  }

  async find(id) {
    const entry = this.#entries.get(id);
    return entry && entry.expires > Date.now() ? entry.payload : undefined;
  }

  async #where(key, value) {
    return [...this.#entries.values()].map((entry) => entry.payload).find((payload) => payload[key] === value);
  }

  async findByUid(uid) {
    return this.#where('uid', uid);
  }

  async findByUserCode(userCode) {
    return this.#where('userCode', userCode);
  }

  async destroy(id) {
    this.#entries.delete(id);
  }

  async consume(id) {
    this.#entries.get(id).payload.consumed = Math.floor(Date.now() / 1000);
  }

  async revokeByGrantId(grantId) {
    for (const [id, { payload }] of this.#entries) {
      if (payload.grantId === grantId) {
        this.#entries.delete(id);
      }
    }
  }
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
let handle = (request, response) => response.writeHead(503).end();
const issuer = await listen(async (request, response) => {
  count(request);
  if (!(await faults.meet(request, response))) {
    handle(request, response);
  }
}, 0, settings.host);

function count(request) {
  const path = new URL(request.url, issuer).pathname;
  paths.push(`${request.method} ${path}`);
  if (path === '/auth') {
    counts.authorize += 1;
  } else if (path.startsWith('/.well-known/')) {
    counts.metadata += 1;
  }
}

/** A resource is any server on loopback; its tokens carry its address as their audience. */
function resourceServer(context, resource) {
  const { hostname } = new URL(resource);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
    throw new errors.InvalidTarget('no such resource here');
  }
  return {
    scope: settings.scopes.join(' '),
    audience: resource,
    accessTokenFormat: 'jwt',
    accessTokenTTL: settings.accessTokenTtl,
    jwt: { sign: { alg: 'RS256' } },
  };
}

const provider = new Provider(issuer, {
  adapter: Memory,
  clients: settings.clients,
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'test' }] },
  cookies: { keys: ['not a secret'] },
  scopes: ['openid', 'offline_access', ...settings.scopes],
  features: {
    devInteractions: { enabled: true },
    registration: { enabled: settings.registration },
    revocation: { enabled: true },
    introspection: { enabled: true },
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    dPoP: { enabled: settings.dpop, nonceSecret: randomBytes(32), requireNonce: () => settings.dpopNonce },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      useGrantedResource: () => true,
      getResourceServerInfo: resourceServer,
    },
  },
  clientDefaults: {
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    id_token_signed_response_alg: 'RS256',
  },
  pkce: { required: () => true },
  rotateRefreshToken: () => settings.rotate,
  issueRefreshToken: (context, client) => settings.refreshTokens && client.grantTypeAllowed('refresh_token'),
  ttl: {
    AccessToken: () => settings.accessTokenTtl,
    ClientCredentials: () => settings.accessTokenTtl,
    RefreshToken: 86_400,
    Grant: 86_400,
    Session: 3_600,
    Interaction: 3_600,
    AuthorizationCode: 60,
    DeviceCode: 600,
    IdToken: 3_600,
  },
  findAccount: (context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
});

provider.use(async (context, next) => {
  await next();
  if (!settings.iss && context.response.get('location').includes('iss=')) {
    const location = new URL(context.response.get('location'));
    location.searchParams.delete('iss');
    context.response.set('location', location.href);
  }
  if (!settings.iss && context.path.startsWith('/.well-known/') && context.body) {
    delete context.body.authorization_response_iss_parameter_supported;
  }
});

function note(context, problem) {
  errorsSeen.push(`${problem.error ?? problem.name}: ${problem.error_description ?? problem.message} ${problem.error_detail ?? ''}`);
}

provider.on('grant.success', ({ oidc }) => {
  const grant = oidc.params.grant_type;
  counts.token[grant] = (counts.token[grant] ?? 0) + 1;
});
provider.on('grant.error', (context, problem) => {
  note(context, problem);
  if (problem.error_detail === 'refresh token already used') {
    counts.refreshTokensReused += 1;
  }
});
provider.on('registration_create.success', () => (counts.registered += 1));
provider.on('authorization.success', () => (counts.signedIn += 1));
for (const event of ['authorization.error', 'registration_create.error', 'revocation.error', 'server_error']) {
  provider.on(event, note);
}

function forget(...models) {
  for (const model of models) {
    counts.revoked += memory.get(model)?.size ?? 0;
    memory.get(model)?.clear();
  }
}

const adminUrl = await admin({
  counts: () => counts,
  errors: () => errorsSeen,
  paths: () => paths,
  set: (changes) => Object.assign(settings, changes),
  fault: (fault) => faults.order(fault),
  clearFaults: () => faults.clear(),
  // Every sign-in is void: refresh tokens answer invalid_grant, browsers have to sign in again.
  revokeGrants: () => forget('Grant', 'RefreshToken', 'AccessToken', 'AuthorizationCode', 'Session'),
  // The server was reinstalled: it knows no registered client any more.
  forgetClients: () => forget('Client'),
  // Whoever has the browser's session is asked to sign in again; grants and tokens live on.
  forgetSessions: () => forget('Session'),
  clients: () => [...(memory.get('Client')?.values() ?? [])].map((entry) => entry.payload),
  refreshTokens: () => [...(memory.get('RefreshToken')?.keys() ?? [])],
});

handle = provider.callback();
console.log(JSON.stringify({ issuer, jwks: `${issuer}/jwks`, admin: adminUrl }));
