// A plain reverse proxy on loopback that lets one protocol era through and adds one header: what makes a server of both
// eras into one of either, and lets a program that cannot send a token ask an endpoint that wants one.
//
//     node gate.mjs TARGET [--era initialize|stateless] [--bearer FILE]
//
// It prints its own address and serves until its standard input ends. With --era initialize, a request of 2026-07-28 gets what a server that has never heard of it
// answers; with --era stateless, initialize and sessions do.
import http from "node:http";
import { readFileSync } from "node:fs";

const [target, ...flags] = process.argv.slice(2);
const flag = (name) => (flags.includes(name) ? flags[flags.indexOf(name) + 1] : undefined);
const era = flag("--era");
const bearer = flag("--bearer") && readFileSync(flag("--bearer"), "utf8").trim();
const { hostname, port, pathname } = new URL(target);
const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });

/** Whether a message belongs to the era that is kept out. */
function isForeign(request, body) {
  if (!era) return false;
  let message = {};
  try {
    message = body.length ? JSON.parse(body) : {};
  } catch {
    return false;
  }
  const modern =
    request.headers["mcp-protocol-version"] === "2026-07-28" ||
    message?.params?._meta?.["io.modelcontextprotocol/protocolVersion"] !== undefined ||
    message?.method === "server/discover";
  if (era === "initialize") return modern;
  return message?.method === "initialize" || request.headers["mcp-session-id"] !== undefined;
}

function refuse(response, body) {
  let id = null;
  try {
    id = JSON.parse(body).id ?? null;
  } catch {
    // Not our business.
  }
  const error = { code: -32601, message: "Method not found" };
  response.writeHead(era === "initialize" ? 400 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify({ jsonrpc: "2.0", id, error }));
}

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    if (isForeign(request, body)) return refuse(response, body);
    const headers = { ...request.headers };
    if (bearer) headers.authorization = `Bearer ${bearer}`;
    delete headers["transfer-encoding"];
    if (body.length) headers["content-length"] = String(body.length);
    const onward = http.request(
      { hostname, port, path: pathname, method: request.method, headers, agent, setHost: false },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        response.flushHeaders();
        answer.on("data", (chunk) => response.write(chunk));
        answer.on("end", () => response.end());
        answer.on("error", () => response.destroy());
      },
    );
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    onward.end(body);
  });
});
server.requestTimeout = 0;
server.listen(0, "127.0.0.1", () => console.log(`http://localhost:${server.address().port}/mcp`));
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
