// The way to Drawbridge with a program that is a few lines of Node: a daemon that has to be started, one that cannot be, and
// the process in between.
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { connectToDrawbridge, type Line, type Wishes } from '../src/connection/connect';
import { Problem } from '../src/problem';

const PROGRAM = `#!/usr/bin/env node
const { appendFileSync } = require('node:fs');
const { createServer } = require('node:net');
const [command] = process.argv.slice(2);
appendFileSync(__dirname + '/started', command + '\\n');
if (command === 'daemon') {
  const server = createServer((socket) => {
    socket.once('data', () => socket.write('{"welcome":{"version":"0.1.0"}}\\nhello from the daemon'));
    socket.on('close', () => server.close());
  });
  server.listen(process.env.DRAWBRIDGE_RUNTIME_DIR + '/daemon-1.sock');
} else if (command === 'lsp') {
  process.stdin.once('data', (said) => process.stdout.write('hello, ' + said));
}
`;

async function wishes(t: TestContext, program: string, more: Partial<Wishes> = {}): Promise<Wishes & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'drawbridge-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'drawbridge'), program);
  await chmod(join(folder, 'drawbridge'), 0o755);
  process.env['DRAWBRIDGE_RUNTIME_DIR'] = folder;
  t.after(() => delete process.env['DRAWBRIDGE_RUNTIME_DIR']);
  const output = join(folder, 'daemon.log');
  return { path: folder, socket: true, client: 'Test 1', cwd: '/', output, signal: new AbortController().signal, log: () => undefined, folder, ...more };
}

async function firstWords({ reader }: Line): Promise<string> {
  for await (const chunk of reader) {
    return String(chunk);
  }
  return '';
}

test('starts a daemon where none runs, and talks to it without a process in between', async (t) => {
  const asked = await wishes(t, PROGRAM);
  const line = await connectToDrawbridge(asked);
  t.after(() => line.end());
  assert.equal(await firstWords(line), 'hello from the daemon');
  assert.equal(await readFile(join(asked.folder, 'started'), 'utf8'), 'daemon\n');
});

test('uses the daemon that runs, even where there is no program', async (t) => {
  const asked = await wishes(t, PROGRAM);
  const first = await connectToDrawbridge(asked);
  t.after(() => first.end());
  const second = await connectToDrawbridge({ ...asked, path: '/nonexistent' });
  t.after(() => second.end());
  assert.equal(await firstWords(second), 'hello from the daemon');
});

test('passes on why a daemon cannot start', async (t) => {
  const asked = await wishes(t, '#!/bin/sh\necho "drawbridge: no Java 25 or newer was found." >&2\nexit 1\n');
  await assert.rejects(connectToDrawbridge(asked), (error: unknown) => error instanceof Problem && error.sentence === 'The Drawbridge daemon could not start: no Java 25 or newer was found.');
});

test('says that there is no program, and starts nothing', async (t) => {
  const asked = await wishes(t, PROGRAM, { path: '/nonexistent' });
  await assert.rejects(connectToDrawbridge(asked), (error: unknown) => error instanceof Problem && error.kind === 'missing');
});

test('gives up waiting when the window is closed', async (t) => {
  const end = new AbortController();
  const asked = await wishes(t, '#!/bin/sh\nexec sleep 5\n', { signal: end.signal });
  const connecting = connectToDrawbridge(asked);
  end.abort();
  await assert.rejects(connecting, { name: 'AbortError' });
});

test('has a process in between when that is wanted', async (t) => {
  const asked = await wishes(t, PROGRAM, { socket: false });
  const line = await connectToDrawbridge(asked);
  t.after(() => line.end());
  line.writer.write('daemon');
  assert.equal(await firstWords(line), 'hello, daemon');
  assert.equal(await readFile(join(asked.folder, 'started'), 'utf8'), '--version\nlsp\n');
});
