// The servers of the end-to-end tests, from server/target/real-parts: an authorization server, MCP servers, a browser.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child } from './child.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../server/target/real-parts');

class Part {
  static async start(program, settings) {
    const part = new this();
    part.child = new Child(process.execPath, [join(folder, program), JSON.stringify(settings)], { cwd: folder }).speaksLines();
    Object.assign(part, await part.child.report());
    return part;
  }

  /** What the program counted, and what a run orders it to do. */
  async do(action, body) {
    const response = await fetch(`${this.admin}/${action}`, { method: body ? 'POST' : 'GET', body: body && JSON.stringify(body) });
    if (!response.ok) {
      throw new Error(await response.text());
    }
    return response.json();
  }

  counts() {
    return this.do('counts');
  }

  end() {
    return this.child.end();
  }
}

export class AuthorizationServer extends Part {
  static with(settings = {}) {
    return this.start('authorization-server.mjs', { accessTokenTtl: 3_600, ...settings });
  }
}

export class McpServer extends Part {
  static open(name = 'open') {
    return this.start('mcp-server.mjs', { open: true, name, issuer: 'http://127.0.0.1:1' });
  }

  static protectedBy({ issuer, jwks }) {
    return this.start('mcp-server.mjs', { issuer, jwks });
  }
}

export const everything = join(folder, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');

/** A person at a real browser who signs in wherever they are led. */
export class Person {
  static async atABrowser() {
    const person = new Person();
    const executable = process.env.DRAWBRIDGE_CHROMIUM ?? '/usr/bin/chromium';
    person.child = new Child(process.execPath, [join(folder, 'browser.mjs'), executable], { cwd: folder }).speaksLines();
    await person.child.report();
    return person;
  }

  async visit(address) {
    const seen = this.child.next((message) => message.url ?? message.problem, 'a visit');
    this.child.send({ open: address, user: 'alice' });
    const { problem, text } = await seen;
    if (problem) {
      throw new Error(problem);
    }
    return text;
  }

  end() {
    return this.child.end();
  }
}
