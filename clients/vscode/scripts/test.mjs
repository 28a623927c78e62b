// Runs the tests: those in TypeScript are bundled first, since Node 20 reads JavaScript only.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundled = join(root, 'target/test');
const files = await readdir(join(root, 'test'));

await rm(bundled, { recursive: true, force: true });
await build({
  entryPoints: files.filter((file) => file.endsWith('.test.ts')).map((file) => join(root, 'test', file)),
  outdir: bundled,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
});
const all = [...files.filter((file) => file.endsWith('.test.mjs')).map((file) => join(root, 'test', file)), ...(await readdir(bundled)).map((file) => join(bundled, file))];
process.exitCode = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...all], { cwd: root, stdio: 'inherit' }).status ?? 1;
