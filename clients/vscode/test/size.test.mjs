// Holds the extension to its bound: a client stays thin, because Drawbridge keeps everything that is worth keeping.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src', import.meta.url));
const sources = readdirSync(src, { recursive: true })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
  .map((file) => ({ file, lines: readFileSync(join(src, file), 'utf8').trimEnd().split('\n') }));

test('the hand-written code stays under 1,500 lines, those of comments and the empty ones aside', () => {
  const code = (line) => !/^\s*(\/\/.*|\/?\*.*|)$/.test(line);
  const total = sources.reduce((sum, { lines }) => sum + lines.filter(code).length, 0);
  assert.ok(total < 1500, `${total} lines`);
});

test('every file is short, and begins with a sentence that says what it is for', () => {
  for (const { file, lines } of sources) {
    assert.ok(lines.length < 150, `${file} has ${lines.length} lines`);
    assert.match(lines[0], /^\/\/ [A-Z*`].{20,}/, file);
  }
});
