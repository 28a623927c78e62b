// Serves a stdio MCP server over HTTP on loopback, for clients that know no pipes: the conformance suite, for one.
//
//     node stdio-shim.mjs COMMAND ARG…
//
// It prints its own address and serves until its standard input ends. A host of the initialize family gets a process of its
// own for each session; all hosts of 2026-07-28 share one, for which their ids are replaced by unique ones. It judges
// nothing: what it answers comes from the process, but for what HTTP itself asks of a server.
import http from "node:http";
import { randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const [command, ...args] = process.argv.slice(2);
const PREFIX = "io.modelcontextprotocol/";
const children = new Set();

/** A running server: what it says goes to whoever asked, else to the newest open request, else to the GET stream. */
class Child {
  constructor(unique) {
    this.unique = unique;
    this.open = new Map();
    this.standing = undefined;
    this.last = 0;
    this.process = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    children.add(this.process);
    this.process.on("exit", () => children.delete(this.process));
    createInterface({ input: this.process.stdout }).on("line", (line) => this.heard(JSON.parse(line)));
  }

  say(message) {
    this.process.stdin.write(`${JSON.stringify(message)}\n`);
  }

  ask(message, stream) {
    const key = this.unique ? `shim-${++this.last}` : message.id;
    const meta = message.params?._meta ?? {};
    this.open.set(key, { id: message.id, stream, token: meta.progressToken, logs: meta[`${PREFIX}logLevel`] });
    this.say({ ...message, id: key });
    return key;
  }

  heard(message) {
    if (message.method === undefined) {
      const waiting = this.open.get(message.id);
      this.open.delete(message.id);
      waiting?.stream.end({ ...message, id: waiting.id });
      return;
    }
    const params = message.params ?? {};
    const subscription = params._meta?.[`${PREFIX}subscriptionId`];
    if (this.open.has(subscription) && this.unique) {
      const { id, stream } = this.open.get(subscription);
      params._meta[`${PREFIX}subscriptionId`] = id;
      stream.send(message);
      return;
    }
    const asked = [...this.open.values()].filter((one) => !this.unique || one.logs || one.token !== undefined);
    const byToken = asked.find((one) => one.token !== undefined && one.token === params.progressToken);
    const belongs = message.id !== undefined || /\/(progress|message|cancelled)$/.test(message.method);
    const target = byToken?.stream ?? (belongs ? asked.at(-1)?.stream : undefined) ?? this.standing;
    target?.send(message);
  }

  end() {
    this.process.stdin.end();
  }
}

/** A response that becomes a stream of events with its first message, unless that is the answer. */
class Stream {
  constructor(response, headers = {}) {
    this.response = response;
    this.headers = headers;
  }

  begin() {
    if (!this.response.headersSent) {
      this.response.writeHead(200, { "content-type": "text/event-stream", ...this.headers });
      this.response.flushHeaders();
    }
  }

  send(message) {
    this.begin();
    this.response.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
  }

  end(message) {
    if (this.response.headersSent) {
      this.send(message);
      this.response.end();
      return;
    }
    const code = message.error?.code;
    const status = code === -32601 ? 404 : [-32020, -32021, -32022, -32602].includes(code) ? 400 : 200;
    const modern = this.headers["mcp-session-id"] === undefined;
    this.response.writeHead(modern ? status : 200, { "content-type": "application/json", ...this.headers });
    this.response.end(JSON.stringify(message));
  }
}

const sessions = new Map();
let shared;

function answer(response, status, text = "") {
  response.writeHead(status, { "content-type": "text/plain" });
  response.end(text);
}

function post(request, response, body) {
  const message = JSON.parse(body);
  const id = request.headers["mcp-session-id"];
  if (message.method === "initialize" && id === undefined && !message.params?._meta?.[`${PREFIX}protocolVersion`]) {
    const session = randomUUID();
    sessions.set(session, new Child(false));
    sessions.get(session).ask(message, new Stream(response, { "mcp-session-id": session }));
    return;
  }
  if (id !== undefined) {
    const child = sessions.get(id);
    if (!child) return answer(response, 404, "unknown session");
    if (message.method === undefined || message.id === undefined) {
      child.say(message);
      return answer(response, 202);
    }
    child.ask(message, new Stream(response, { "mcp-session-id": id }));
    return;
  }
  if (message.id === undefined) return answer(response, 202);
  shared ??= new Child(true);
  const key = shared.ask(message, new Stream(response));
  response.on("close", () => {
    if (shared.open.delete(key)) shared.say({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: key } });
  });
}

const server = http.createServer((request, response) => {
  const child = sessions.get(request.headers["mcp-session-id"]);
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    try {
      if (request.method === "POST") return post(request, response, Buffer.concat(chunks).toString());
    } catch (error) {
      return answer(response, 400, String(error));
    }
    if (!child) return answer(response, 405);
    if (request.method === "DELETE") {
      sessions.delete(request.headers["mcp-session-id"]);
      child.end();
      return answer(response, 200);
    }
    child.standing = new Stream(response);
    child.standing.begin();
    response.on("close", () => (child.standing = undefined));
  });
});
server.requestTimeout = 0;
server.listen(0, "127.0.0.1", () => console.log(`http://localhost:${server.address().port}/mcp`));

process.stdin.resume();
process.stdin.on("end", () => {
  for (const child of children) child.kill();
  process.exit(0);
});
