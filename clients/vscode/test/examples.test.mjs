// The shared examples of the protocol against the generated types: the compiler accepts every valid one and refuses every
// invalid one, but for those whose fault is a value's format or range, which TypeScript's types cannot say.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const examples = fileURLToPath(new URL('../../../protocol-spec/examples', import.meta.url));
/** Exists only in the compiler's memory, next to the types. */
const checked = fileURLToPath(new URL('../src/generated/examples-as-typescript.ts', import.meta.url));

/** Faults of format or range. The test fails, too, when the types learn to refuse one of them. */
const BEYOND_TYPES = new Set([
  'Authentication/relativeIssuer',
  'CallToolParams/negativeTimeout',
  'CatalogCounts/fraction',
  'CatalogCounts/negative',
  'CatalogCounts/tooLarge',
  'ElicitRequest/relativeUrl',
  'ExternalUriResult/relative',
  'LogsParams/negativeLimit',
  'Server/negativeCount',
  'Server/wrongNestedTime',
  'ServerError/codeTooLarge',
  'ServerOrigin/plainPath',
  'SignInFlow/relativeUrl',
  'SignInFlow/timeWithoutZone',
  'SignInFlow/urlWithSpace',
]);

/** @returns {{ type: string, name: string, text: string }[]} */
function read(kind) {
  return readdirSync(examples).flatMap((type) =>
    readdirSync(join(examples, type, kind)).map((file) => ({
      type,
      name: `${type}/${file.replace(/\.json$/, '')}`,
      text: readFileSync(join(examples, type, kind, file), 'utf8'),
    })),
  );
}

/** The names of the examples the compiler refuses, from one compilation of all: each becomes a constant of its type. */
function refused(all) {
  const starts = [];
  let source = "import type * as P from './protocol';\n";
  all.forEach(({ type, text }, at) => {
    starts.push(source.length);
    // Not assigned as a literal: a receiver ignores the members it does not know, and so shall this check.
    const literal = /^[[{]/.test(text.trim()) ? `${text.trim()} as const` : text.trim();
    source += `const value${at} = ${literal};\nexport const typed${at}: P.${type} = value${at};\n`;
  });
  const options = { strict: true, noEmit: true, types: [], target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === checked || fileExists(file);
  host.getSourceFile = (file, version, ...rest) =>
    file === checked ? ts.createSourceFile(file, source, version) : getSourceFile(file, version, ...rest);
  const names = new Set();
  for (const { file, start, messageText } of ts.getPreEmitDiagnostics(ts.createProgram([checked], options, host))) {
    assert.equal(file?.fileName, checked, `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    names.add(all[starts.findLastIndex((one) => one <= start)].name);
  }
  return names;
}

test('valid examples fit the types', () => {
  const valid = read('valid');
  assert.ok(valid.length > 50, `only ${valid.length} examples were found in ${examples}`);
  assert.deepEqual([...refused(valid)], []);
});

test('invalid examples do not, as far as types can tell', () => {
  const invalid = read('invalid');
  const wrong = refused(invalid);
  assert.deepEqual(invalid.map(({ name }) => name).filter((name) => !wrong.has(name)), [...BEYOND_TYPES]);
});
