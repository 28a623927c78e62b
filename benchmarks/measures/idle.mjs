// What a daemon with fifty connected servers does when nobody does anything: its processor time over a minute.
import { pause } from '../lib/home.mjs';
import { processorSeconds } from '../lib/memory.mjs';
import { attach, leave } from './editor.mjs';
import { connected, remotes, several } from './memory.mjs';

export const name = 'idle';
const SECONDS = 60;

export async function measure({ drawbridge, home }) {
  // One program serves ten of the fifty; to the daemon they are servers at fifty addresses.
  const programs = await several(5);
  const servers = programs.flatMap(({ url }) => Array.from({ length: 10 }, (none, index) => ({ url: `${url}?server=${index}` })));
  await drawbridge.run('stop');
  home.configure(remotes(servers));
  const { editor, answered } = await attach(drawbridge);
  await answered;
  await connected(editor, 50);
  await pause(15_000);
  const daemon = await drawbridge.daemon();
  const before = processorSeconds(daemon);
  await pause(SECONDS * 1_000);
  const share = ((processorSeconds(daemon) - before) / SECONDS) * 100;
  await leave(editor);
  home.configure({});
  await Promise.all(programs.map((server) => server.end()));
  return [{ what: `processor time of the daemon with 50 connected servers, over ${SECONDS} s`, unit: '% of a core', figures: [share], goal: '< 0.5 %' }];
}
