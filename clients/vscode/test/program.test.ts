// Where the program is looked for, and what is said when it is not there or cannot run.
import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { buildOf, check, findProgram } from '../src/connection/program';
import { Problem } from '../src/problem';

/** A distribution as it is assembled, with a launcher of two lines. */
async function distribution(t: TestContext, script = '#!/bin/sh\nexit 0\n'): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'drawbridge-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  await mkdir(join(home, 'bin'));
  await mkdir(join(home, 'lib'));
  await writeFile(join(home, 'bin', 'drawbridge'), script);
  await chmod(join(home, 'bin', 'drawbridge'), 0o755);
  await writeFile(join(home, 'lib', 'complete'), '0.1.0-SNAPSHOT 848b3bf7fa92 f035 25.0.3 /a folder 1b77\n');
  return home;
}

test('finds the program by its file, its folder, its distribution, or PATH', async (t) => {
  const home = await distribution(t);
  const program = join(home, 'bin', 'drawbridge');
  for (const setting of [program, join(home, 'bin'), home]) {
    assert.equal(await findProgram(setting, {}, '/nowhere'), program);
  }
  assert.equal(await findProgram('~/bin/drawbridge', {}, home), program);
  assert.equal(await findProgram('', { PATH: `/nonexistent:${join(home, 'bin')}` }, '/nowhere'), program);
});

test('says what is missing, and where to say otherwise', async () => {
  await assert.rejects(findProgram('/nonexistent/drawbridge', {}, '/nowhere'), (error: unknown) => error instanceof Problem && error.kind === 'missing' && /Correct the setting/.test(error.sentence));
  await assert.rejects(findProgram('', { PATH: '/nonexistent' }, '/nowhere'), /was not found/);
});

test('reads the build through a link, and is the oldest without one', async (t) => {
  const home = await distribution(t);
  await symlink(join(home, 'bin', 'drawbridge'), join(home, 'link'));
  assert.deepEqual(await buildOf(join(home, 'link')), { version: '0.1.0-SNAPSHOT', build: '848b3bf7fa92' });
  assert.deepEqual(await buildOf('/nonexistent/drawbridge'), { version: '0.0.0', build: '' });
});

test('passes on what the launcher says when it cannot run', async (t) => {
  const home = await distribution(t, '#!/bin/sh\necho "drawbridge: no Java 25 or newer was found." >&2\nexit 1\n');
  await assert.rejects(check(join(home, 'bin', 'drawbridge')), (error: unknown) => error instanceof Problem && error.sentence === 'no Java 25 or newer was found.');
  await check(join(await distribution(t), 'bin', 'drawbridge'));
});
