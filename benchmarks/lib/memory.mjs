// What processes weigh and work, from Linux's own books (proc(5)): PSS counts a page shared by n processes as an nth.
import { readdirSync, readFileSync } from 'node:fs';

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // The process has just ended.
  }
};

const parentOf = (pid) => Number(read(`/proc/${pid}/stat`).replace(/^.*\) /s, '').split(' ')[1]);

/** These processes and all below them. */
export function family(...pids) {
  const everyone = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  const found = new Set(pids);
  for (let grown = true; grown; ) {
    const before = found.size;
    everyone.forEach((pid) => found.has(parentOf(pid)) && found.add(pid));
    grown = found.size > before;
  }
  return [...found];
}

const kilobytes = (pid, field) => Number(new RegExp(`^${field}: +(\\d+) kB`, 'm').exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
const sum = (pids, field) => (pids.reduce((total, pid) => total + kilobytes(pid, field), 0) * 1_024) / 1e6;

/** Proportional set size of these processes together, in MB. */
export const pss = (pids) => sum(pids, 'Pss');

/** Resident set size of these processes together, in MB; shared pages count for each. */
export const rss = (pids) => sum(pids, 'Rss');

/** Processor time of a process so far, in seconds (100 ticks a second on Linux). */
export function processorSeconds(pid) {
  const fields = read(`/proc/${pid}/stat`).replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
