// Measures Drawbridge beside mcp-remote in one run and prints a table in Markdown.
//   node main.mjs [start] [editor] [latency] [locked] [memory] [requests] [refresh] [idle] [--rounds N]
import { cpus } from 'node:os';
import { amount, ratio, spread } from './lib/figures.mjs';
import { Home } from './lib/home.mjs';
import { endAll } from './lib/child.mjs';
import { Drawbridge, McpRemote } from './lib/products.mjs';
import * as editor from './measures/editor.mjs';
import * as idle from './measures/idle.mjs';
import * as latency from './measures/latency.mjs';
import * as locked from './measures/locked.mjs';
import * as memory from './measures/memory.mjs';
import * as refresh from './measures/refresh.mjs';
import * as requests from './measures/requests.mjs';
import * as start from './measures/start.mjs';

const all = [start, editor, latency, locked, memory, requests, refresh, idle];
const words = process.argv.slice(2);
const at = words.indexOf('--rounds');
const rounds = at < 0 ? 20 : Number(words.splice(at, 2)[1]);
const chosen = words.length === 0 ? all : all.filter(({ name }) => words.includes(name));
const unknown = words.filter((word) => !all.some(({ name }) => name === word));
if (unknown.length > 0 || !(rounds >= 1)) {
  console.error(`usage: run [${all.map(({ name }) => name).join('] [')}] [--rounds N]`);
  process.exit(2);
}

const home = await Home.make();
const drawbridge = new Drawbridge(home);
const peer = new McpRemote(home);
const failures = [];
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0].model}, ${rounds} rounds; "median / 95th percentile (runs)"\n`);
console.log(`| measure | ${peer.name} | Drawbridge | ratio | goal |\n|---|---|---|---|---|`);
try {
  for (const { name, measure } of chosen) {
    try {
      const rows = await measure({ home, drawbridge, peer, products: [drawbridge, peer], rounds });
      for (const { what, unit, figures: [ours, theirs], goal } of rows) {
        const shown = (figure) => (figure === undefined ? '–' : Array.isArray(figure) ? spread(figure, unit) : amount(figure, unit));
        console.log(`| ${what} | ${shown(theirs)} | ${shown(ours)} | ${theirs === undefined ? '–' : ratio(ours, theirs)} | ${goal} |`);
      }
    } catch (problem) {
      failures.push(`${name}: ${problem.stack}`);
    }
  }
} finally {
  await drawbridge.run('stop').catch(() => {});
  await endAll();
  await home.close();
}
failures.forEach((failure) => console.error(failure));
process.exitCode = failures.length === 0 ? 0 : 1;
