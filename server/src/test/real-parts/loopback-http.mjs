// What the servers of the end-to-end tests share: listening on an ephemeral loopback port, reading a small JSON body, and
// the admin endpoints through which a test counts and disturbs what happens.
import { createServer } from 'node:http';

export const HOST = '127.0.0.1';

/** Listens with this handler and gives the server's address. */
export function listen(handler, port = 0, host = HOST) {
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => handler(request, response));
    server.once('error', reject);
    server.listen(port, host, () => resolve(`http://${host}:${server.address().port}`));
  });
}

export async function bodyOf(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  return text === '' ? {} : JSON.parse(text);
}

/** Serves `POST /name` with a JSON body for each of these functions; `GET /name` calls it without one. */
export function admin(actions) {
  return listen(async (request, response) => {
    const name = new URL(request.url, 'http://admin').pathname.slice(1);
    try {
      const action = actions[name];
      if (!action) {
        throw new Error(`no such action: ${name}`);
      }
      const answer = (await action(request.method === 'POST' ? await bodyOf(request) : {})) ?? {};
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    } catch (problem) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end(String(problem));
    }
  });
}

/**
 * Faults that a test orders by path: `{path, status?, body?, delayMillis?, hang?, times?}`. The next `times` requests for
 * the path are delayed, answered with the status, or never answered.
 */
export class Faults {
  #ordered = [];

  order(fault) {
    this.#ordered.push({ times: 1, ...fault });
  }

  clear() {
    this.#ordered = [];
  }

  /** Whether the request has been dealt with. */
  async meet(request, response) {
    const path = new URL(request.url, 'http://here').pathname;
    const fault = this.#ordered.find((each) => each.path === path && each.times > 0);
    if (!fault) {
      return false;
    }
    fault.times -= 1;
    if (fault.delayMillis) {
      await new Promise((resume) => setTimeout(resume, fault.delayMillis));
    }
    if (fault.hang) {
      return true;
    }
    if (fault.reset) {
      request.socket.destroy();
      return true;
    }
    if (fault.status) {
      response.writeHead(fault.status, { 'content-type': 'application/json' }).end(fault.body ?? '{}');
      return true;
    }
    return false;
  }
}
