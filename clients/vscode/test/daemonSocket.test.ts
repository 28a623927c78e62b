// The handshake on the daemon's socket, with a daemon that is a few lines of Node.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { dial, Incompatible, NotRunning, runtimeFolder, type Hello } from '../src/connection/daemonSocket';
import { Problem } from '../src/problem';

const HELLO: Hello = { version: '0.1.0', build: 'abc', pid: 7, cwd: '/home/ada/src', client: 'Test 1', environment: { HOME: '/home/ada', EMPTY: '', GONE: undefined } };

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'drawbridge-'));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** A daemon that does with each client what it is told to; gives what the clients said first. */
async function daemon(t: TestContext, answer: (socket: Socket) => void): Promise<{ path: string; said: Promise<string> }> {
  const path = await folder(t);
  let told: (line: string) => void = () => undefined;
  const said = new Promise<string>((resolve) => (told = resolve));
  const server = createServer((socket) => {
    let line = '';
    socket.on('error', () => undefined).on('data', (chunk) => {
      line += chunk.toString('utf8');
      if (line.includes('\n')) {
        told(line);
        socket.removeAllListeners('data');
        answer(socket);
      }
    });
  });
  server.listen(join(path, 'daemon-1.sock'));
  await once(server, 'listening');
  t.after(() => server.close());
  return { path, said };
}

const WELCOME = '{"welcome":{"drawbridge":1,"version":"0.1.0","build":"abc","pid":1,"session":"s1","result":{}}}\n';

test('greets as the relay does', async (t) => {
  const { path, said } = await daemon(t, (socket) => socket.end(WELCOME));
  (await dial(path, HELLO)).destroy();
  assert.deepEqual(JSON.parse(await said), {
    drawbridge: 1,
    role: 'lsp',
    version: '0.1.0',
    build: 'abc',
    pid: 7,
    cwd: '/home/ada/src',
    client: 'Test 1',
    args: [],
    environment: { HOME: '/home/ada', EMPTY: '' },
  });
});

test('gives the socket at the first byte of the session, wherever the chunks were cut', async (t) => {
  const { path } = await daemon(t, (socket) => {
    socket.write(WELCOME.slice(0, 20));
    setImmediate(() => socket.end(`${WELCOME.slice(20)}Content-Length: 2\r\n\r\n{}`));
  });
  const socket = await dial(path, HELLO);
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
  }
  assert.equal(text, 'Content-Length: 2\r\n\r\n{}');
});

test('leaves variables out rather than sending a line that is too long', async (t) => {
  const { path, said } = await daemon(t, (socket) => socket.end(WELCOME));
  (await dial(path, { ...HELLO, environment: { SMALL: '1', BIG: 'ü'.repeat(600_000), LATER: '2' } })).destroy();
  const line = await said;
  assert.ok(Buffer.byteLength(line) < 1 << 20);
  assert.equal((JSON.parse(line) as Hello).environment['SMALL'], '1');
  assert.equal((JSON.parse(line) as Hello).environment['BIG'], undefined);
});

test('asks for a start where no daemon answers, or one is on its way out', async (t) => {
  await assert.rejects(dial(join(await folder(t), 'missing'), HELLO), NotRunning);
  await assert.rejects(dial(await folder(t), HELLO), NotRunning);
  const leaving = await daemon(t, (socket) => socket.end('{"refused":{"code":"daemon.stopping","message":"The daemon is ending.","action":"Try again."}}\n'));
  await assert.rejects(dial(leaving.path, HELLO), NotRunning);
  const silent = await daemon(t, (socket) => socket.end());
  await assert.rejects(dial(silent.path, HELLO), NotRunning);
});

test('leaves a greeting that is too old to drawbridge lsp', async (t) => {
  const { path } = await daemon(t, (socket) => socket.end('{"refused":{"code":"daemon.badGreeting","message":"What?","action":"Update Drawbridge."}}\n'));
  await assert.rejects(dial(path, HELLO), Incompatible);
});

test('says in words why a daemon refuses, and what else answers', async (t) => {
  const full = await daemon(t, (socket) => socket.end('{"refused":{"code":"daemon.full","message":"It serves 64 sessions.","action":"Close some."}}\n'));
  await assert.rejects(dial(full.path, HELLO), (error: unknown) => error instanceof Problem && error.sentence === 'It serves 64 sessions. Close some.');
  for (const line of ['HTTP/1.1 400 Bad Request\r\n\r\n', '{}\n', '[1]\n', 'null\n']) {
    const stranger = await daemon(t, (socket) => socket.end(line));
    await assert.rejects(dial(stranger.path, HELLO), /Something else than a Drawbridge daemon/, line);
  }
});

test('does not enter a folder that others can', async (t) => {
  const { path, said } = await daemon(t, (socket) => socket.end(WELCOME));
  await chmod(path, 0o755);
  await assert.rejects(dial(path, HELLO), /is not yours alone/);
  assert.equal(await Promise.race([said, Promise.resolve('nothing')]), 'nothing');
});

test('finds the folder where the daemon makes it', () => {
  for (const [environment, platform, expected] of [
    [{ XDG_RUNTIME_DIR: '/run/user/7' }, 'linux', '/run/user/7/drawbridge'],
    [{ XDG_RUNTIME_DIR: 'relative' }, 'linux', '/home/ada/.cache/drawbridge/run'],
    [{}, 'linux', '/home/ada/.cache/drawbridge/run'],
    [{ XDG_RUNTIME_DIR: '/run/user/7' }, 'darwin', '/home/ada/Library/Caches/drawbridge/run'],
    [{ XDG_RUNTIME_DIR: '/run/user/7', DRAWBRIDGE_RUNTIME_DIR: '/tmp/d' }, 'linux', '/tmp/d'],
    [{ DRAWBRIDGE_RUNTIME_DIR: 'd' }, 'linux', '/home/ada/.cache/drawbridge/run'],
  ] as const) {
    assert.equal(runtimeFolder(environment, platform, '/home/ada'), expected);
  }
});
