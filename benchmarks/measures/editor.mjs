// How long an editor waits for the answer to its `initialize`, with no daemon running yet and with one.
import { McpServer } from '../lib/parts.mjs';

export const name = 'editor';

export async function measure({ drawbridge, home, rounds }) {
  const server = await McpServer.open();
  try {
    home.configure({ open: { url: server.url } });
    const cold = [];
    const warm = [];
    for (let round = 0; round < Math.ceil(rounds / 2); round += 1) {
      await drawbridge.run('stop');
      cold.push(await open(drawbridge));
      warm.push(await open(drawbridge), await open(drawbridge));
    }
    return [
      { what: 'editor start to `initialize` answer, no daemon', unit: 'ms', figures: [cold], goal: '≤ 400 ms' },
      { what: 'editor start to `initialize` answer, daemon running', unit: 'ms', figures: [warm], goal: '≤ 100 ms' },
    ];
  } finally {
    await server.end();
    home.configure({});
  }
}

/** Milliseconds to the answer; the editor then leaves as LSP asks. */
async function open(drawbridge) {
  const since = performance.now();
  const { editor, answered } = await attach(drawbridge);
  await answered;
  const took = performance.now() - since;
  await leave(editor);
  return took;
}

export async function attach(drawbridge, experimental = {}) {
  const editor = drawbridge.editor();
  const answered = editor.ask(1, 'initialize', {
    processId: null,
    rootUri: null,
    capabilities: { experimental },
    clientInfo: { name: 'benchmark' },
  });
  return { editor, answered: answered.then(() => editor.send({ jsonrpc: '2.0', method: 'initialized', params: {} })) };
}

export async function leave(editor) {
  await editor.ask(9_999_999, 'shutdown', undefined);
  editor.send({ jsonrpc: '2.0', method: 'exit' });
  await editor.end();
}
