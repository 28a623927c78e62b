// Runs client scenarios of the suite one after the other against `drawbridge proxy`, and counts.
//   DRAWBRIDGE=/path/to/drawbridge CONFORMANCE=/path/to/node_modules/@modelcontextprotocol/conformance \
//     node run.mjs <set> [initialize|stateless] [scenario…]
// A set is a revision (what it requires of a client) or `extensions`; the second word is the host's era, the set's own if
// it is left out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const auth = (...names) => names.map((name) => `auth/${name}`);
const AUTH = auth('metadata-default', 'metadata-var1', 'metadata-var2', 'metadata-var3', 'basic-cimd',
  'scope-from-www-authenticate', 'scope-from-scopes-supported', 'scope-omitted-when-undefined', 'scope-step-up',
  'scope-retry-limit', 'token-endpoint-auth-basic', 'token-endpoint-auth-post', 'token-endpoint-auth-none',
  'pre-registration');
const AUTH_2026 = auth('resource-mismatch', 'offline-access-scope', 'offline-access-not-supported',
  'authorization-server-migration', 'iss-supported', 'iss-not-advertised', 'iss-supported-missing', 'iss-wrong-issuer',
  'iss-unexpected', 'iss-normalized', 'metadata-issuer-mismatch');
const SETS = {
  '2025-03-26': {
    revision: '2025-03-26',
    scenarios: auth('2025-03-26-oauth-metadata-backcompat', '2025-03-26-oauth-endpoint-fallback'),
  },
  '2025-11-25': {
    revision: '2025-11-25',
    scenarios: ['initialize', 'tools_call', 'elicitation-sep1034-client-defaults', 'sse-retry', ...AUTH],
  },
  '2026-07-28': {
    revision: '2026-07-28',
    scenarios: ['tools_call', 'request-metadata', ...AUTH, ...AUTH_2026, 'sep-2322-client-request-state',
      'http-standard-headers', 'http-custom-headers', 'http-invalid-tool-headers', 'json-schema-ref-no-deref',
      'json-schema-2020-12-preservation'],
  },
  extensions: {
    revision: '2026-07-28',
    scenarios: auth('client-credentials-jwt', 'client-credentials-basic', 'wif-jwt-bearer',
      'enterprise-managed-authorization', 'dpop', 'dpop-nonce'),
  },
};
const ERAS = ['initialize', 'stateless'];

const [name, ...words] = process.argv.slice(2);
const set = SETS[name];
const era = ERAS.includes(words[0]) ? words.shift() : undefined;
if (!set || !process.env.CONFORMANCE || !process.env.DRAWBRIDGE) {
  console.error(`run.mjs: one of ${Object.keys(SETS).join(', ')}, with CONFORMANCE and DRAWBRIDGE in the environment`);
  process.exit(2);
}
const suite = process.env.CONFORMANCE;
const manifest = JSON.parse(readFileSync(join(suite, 'package.json'), 'utf8'));
const program = join(suite, typeof manifest.bin === 'string' ? manifest.bin : Object.values(manifest.bin)[0]);
const scenarios = words.length > 0 ? words : set.scenarios;
let passed = 0;
let remarks = 0;
for (const scenario of scenarios) {
  const { bad, doubtful, checks, said } = run(scenario);
  passed += bad.length === 0 ? 1 : 0;
  remarks += doubtful.length;
  console.log(`${bad.length === 0 ? 'pass' : 'FAIL'} ${scenario} (${checks.length} checks)`);
  [...bad, ...doubtful].forEach((check) => console.log(`     ${JSON.stringify(check)}`));
  if (bad.length > 0) {
    console.log(said.replace(/^/gm, '     | '));
  }
}
console.log(`${name}, ${era ?? 'own'} host: ${passed} of ${scenarios.length} scenarios passed, ${remarks} warnings`);
process.exitCode = passed === scenarios.length ? 0 : 1;

/** A scenario passes as the suite scores a revision: no check failed, and there were checks. */
function run(scenario) {
  const out = mkdtempSync(join(tmpdir(), 'conformance-'));
  const suiteRun = spawnSync(process.execPath, [program, 'client',
    '--command', `${process.execPath} ${join(here, 'host.mjs')}`, '--scenario', scenario,
    '--spec-version', set.revision, '--force', '--timeout', '60000', '-o', out],
  { encoding: 'utf8', env: { ...process.env, ...(era ? { HOST_ERA: era } : {}) } });
  const files = readdirSync(out, { recursive: true }).filter((file) => file.endsWith('checks.json'));
  const checks = files.flatMap((file) => JSON.parse(readFileSync(join(out, file), 'utf8')));
  rmSync(out, { recursive: true });
  return {
    checks,
    bad: checks.length === 0 ? ['no checks were made'] : checks.filter(({ status }) => status === 'FAILURE'),
    doubtful: checks.filter(({ status }) => status === 'WARNING'),
    said: `${suiteRun.stdout}${suiteRun.stderr}`,
  };
}
