// A process that this run started and ends: its lines, its exit, and everything under it in the process table.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const running = new Set();

export class Child {
  #waiting = new Map();
  #lines = [];
  #exited;

  constructor(command, args, options = {}) {
    this.process = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    this.name = `${command} ${args.join(' ')}`;
    this.errors = '';
    this.process.stderr.on('data', (chunk) => (this.errors = (this.errors + chunk).slice(-4_000)));
    this.#exited = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.once('error', (problem) => (this.errors += problem));
    this.process.stdin.on('error', () => {});
    running.add(this);
    this.#exited.then(() => {
      running.delete(this);
      this.#waiting.forEach(({ reject }) => reject(new Error(`${this.name} ended: ${this.errors}`)));
    });
  }

  get pid() {
    return this.process.pid;
  }

  /** Reads lines of JSON (MCP over stdio); answers are handed to whoever asked. */
  speaksLines() {
    createInterface({ input: this.process.stdout }).on('line', (line) => this.#take(line));
    return this;
  }

  /** Reads frames with a Content-Length (LSP). */
  speaksFrames() {
    let rest = Buffer.alloc(0);
    this.process.stdout.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        const end = rest.indexOf('\r\n\r\n');
        const length = end < 0 ? NaN : Number(/content-length: *(\d+)/i.exec(rest.subarray(0, end))?.[1]);
        if (!(rest.length >= end + 4 + length)) {
          return;
        }
        this.#take(rest.subarray(end + 4, end + 4 + length).toString());
        rest = rest.subarray(end + 4 + length);
      }
    });
    this.framed = true;
    return this;
  }

  #take(line) {
    let message;
    try {
      message = JSON.parse(line);
    } catch {
      this.#lines.push(line);
      return;
    }
    this.#lines.push(message);
    if (message.method === undefined && this.#waiting.has(message.id)) {
      this.#waiting.get(message.id).resolve(message);
      this.#waiting.delete(message.id);
    } else if (message.method !== undefined && message.id !== undefined) {
      this.send({ jsonrpc: '2.0', id: message.id, result: null });
    }
    this.#waiting.forEach((waiter, key) => {
      if (typeof key === 'object' && key.test(message)) {
        waiter.resolve(message);
        this.#waiting.delete(key);
      }
    });
  }

  send(message) {
    const text = JSON.stringify(message);
    this.process.stdin.write(this.framed ? `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}` : `${text}\n`);
  }

  ask(id, method, params = {}, seconds = 60) {
    const answer = this.#wait(id, seconds, `${method} of ${this.name}`);
    this.send({ jsonrpc: '2.0', id, method, params });
    return answer;
  }

  /** The first message, past or to come, of which this holds. */
  message(test, what, seconds = 60) {
    const past = this.#lines.find((line) => typeof line === 'object' && test(line));
    return past ? Promise.resolve(past) : this.next(test, what, seconds);
  }

  /** The first message to come of which this holds. */
  next(test, what, seconds = 60) {
    return this.#wait({ test }, seconds, what);
  }

  /** The first line of a program that reports on itself in JSON. */
  report() {
    return this.message(() => true, `the first line of ${this.name}`);
  }

  #wait(key, seconds, what) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(key);
        reject(new Error(`no answer within ${seconds} s: ${what}\n${this.errors}`));
      }, seconds * 1_000);
      const settled = (settle) => (value) => (clearTimeout(timer), settle(value));
      this.#waiting.set(key, { resolve: settled(resolve), reject: settled(reject) });
    });
  }

  async end() {
    this.process.stdin.end();
    const forced = setTimeout(() => this.process.kill('SIGKILL'), 3_000);
    await this.#exited;
    clearTimeout(forced);
  }
}

/** Ends whatever still runs, whatever went wrong. */
export async function endAll() {
  await Promise.all([...running].map((child) => child.end()));
}
