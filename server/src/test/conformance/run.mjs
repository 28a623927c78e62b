// Runs the client scenarios that a revision requires, one after the other, against `drawbridge proxy`, and counts.
//   DRAWBRIDGE=/path/to/drawbridge CONFORMANCE=/path/to/node_modules/@modelcontextprotocol/conformance \
//     node run.mjs 2025-11-25|2026-07-28 [scenario…]
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [revision, ...only] = process.argv.slice(2);
const AUTH = ['metadata-default', 'metadata-var1', 'metadata-var2', 'metadata-var3', 'basic-cimd',
  'scope-from-www-authenticate', 'scope-from-scopes-supported', 'scope-omitted-when-undefined', 'scope-step-up',
  'scope-retry-limit', 'token-endpoint-auth-basic', 'token-endpoint-auth-post', 'token-endpoint-auth-none',
  'pre-registration'];
const AUTH_2026 = ['resource-mismatch', 'offline-access-scope', 'offline-access-not-supported',
  'authorization-server-migration', 'iss-supported', 'iss-not-advertised', 'iss-supported-missing',
  'iss-wrong-issuer', 'iss-unexpected', 'iss-normalized', 'metadata-issuer-mismatch'];
const auth = (names) => names.map((name) => `auth/${name}`);
const REQUIRED = {
  '2025-11-25': ['initialize', 'tools_call', 'elicitation-sep1034-client-defaults', 'sse-retry', ...auth(AUTH)],
  '2026-07-28': ['tools_call', 'request-metadata', ...auth(AUTH), ...auth(AUTH_2026), 'sep-2322-client-request-state',
    'http-standard-headers', 'http-custom-headers', 'http-invalid-tool-headers', 'json-schema-ref-no-deref'],
};

const suite = process.env.CONFORMANCE;
const manifest = JSON.parse(readFileSync(join(suite, 'package.json'), 'utf8'));
const program = join(suite, typeof manifest.bin === 'string' ? manifest.bin : Object.values(manifest.bin)[0]);
let passed = 0;
const scenarios = only.length > 0 ? only : REQUIRED[revision];
for (const scenario of scenarios) {
  const out = mkdtempSync(join(tmpdir(), 'conformance-'));
  spawnSync(process.execPath, [program, 'client', '--command', `${process.execPath} ${join(here, 'host.mjs')}`,
    '--scenario', scenario, '--spec-version', revision, '--force', '--timeout', '60000', '-o', out], { encoding: 'utf8' });
  const bad = failures(out);
  passed += bad.length === 0 ? 1 : 0;
  console.log(`${bad.length === 0 ? 'pass' : 'FAIL'} ${scenario}${bad.map((line) => `\n     ${line}`).join('')}`);
}
console.log(`${revision}: ${passed} of ${scenarios.length}`);
process.exitCode = passed === scenarios.length ? 0 : 1;

/** A scenario passes as the suite scores a revision: no check failed, and there were checks. */
function failures(out) {
  const files = readdirSync(out, { recursive: true }).filter((file) => file.endsWith('checks.json'));
  const checks = files.flatMap((file) => JSON.parse(readFileSync(join(out, file), 'utf8')));
  if (checks.length === 0) {
    return [`no checks were made; see ${out}`];
  }
  return checks.filter(({ status }) => status === 'FAILURE')
    .map(({ id, errorMessage }) => `${id}: ${errorMessage ?? ''} (${out})`);
}
