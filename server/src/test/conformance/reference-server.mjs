// What the conformance suite wants of a server, behind the MCP TypeScript SDK, which does all that is protocol: nobody here
// wrote what the suite grades. The tools, prompts and resources are those the suite's scenarios name.
//
//     node reference-server.mjs initialize|stateless
//
// It serves one protocol era over Streamable HTTP on loopback, prints its address, and ends with its standard input.
import http from "node:http";
import { randomBytes, randomUUID } from "node:crypto";
import { NodeStreamableHTTPServerTransport, toNodeHandler } from "@modelcontextprotocol/node";
import {
  McpServer,
  createMcpHandler,
  createRequestStateCodec,
  fromJsonSchema,
  inputRequired,
  ProtocolError,
  ProtocolErrorCode,
} from "@modelcontextprotocol/server";
import * as tasks from "./reference-tasks.mjs";

const era = process.argv[2];
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";

const text = (words) => ({ type: "text", text: words });
const says = (words) => ({ content: [text(words)] });
const object = (properties = {}, required) => ({ type: "object", properties, ...(required ? { required } : {}) });
const string = (description) => ({ type: "string", ...(description ? { description } : {}) });
const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

// --- questions to the client -------------------------------------------------------------------------------------------

const form = (message, name, type = "string") =>
  inputRequired.elicit({ message, requestedSchema: object({ [name]: { type } }, [name]) });
const sample = (words, maxTokens) =>
  inputRequired.createMessage({ messages: [{ role: "user", content: text(words) }], maxTokens });
const accepted = (ctx, key) => {
  const answer = ctx.mcpReq.inputResponses?.[key];
  return answer?.action === "accept" ? answer.content : undefined;
};
const states = createRequestStateCodec({ key: randomBytes(32) });
const sealed = (what) => states.mint({ ...what, nonce: randomUUID() });

/**
 * A tool that asks one thing in the way of its server's era: with a request of its own during the call, whatever the client
 * declared, or with a result that asks for input. What it says of the answer is its result.
 */
async function asks(ctx, method, params, reads) {
  if (era === "initialize") return says(reads(await ctx.mcpReq.send({ method, params })));
  const answer = ctx.mcpReq.inputResponses?.answer;
  return answer ? says(reads(answer)) : inputRequired({ inputRequests: { answer: { method, params } } });
}

const elicit = (ctx, message, requestedSchema, prefix) =>
  asks(
    ctx,
    "elicitation/create",
    { message, requestedSchema },
    (answer) => `${prefix}: action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`,
  );

/** What the client can do, by what its request says or, in the other era, by what its session was opened with. */
const abilities = (ctx) =>
  (era === "stateless"
    ? ctx.mcpReq.envelope?.["io.modelcontextprotocol/clientCapabilities"]
    : ctx.server.getClientCapabilities()) ?? {};

// --- tools -------------------------------------------------------------------------------------------------------------

const MIRRORED = "test_x_mcp_header";

const titled = (...pairs) => pairs.map(([value, title]) => ({ const: value, title }));

const tools = {
  [MIRRORED]: {
    schema: object({ region: { type: "string", "x-mcp-header": "Region" } }, ["region"]),
    run: (ctx, { region }) => says(`region=${region}`),
  },
  test_simple_text: { run: () => says("This is a simple text response for testing.") },
  test_image_content: { run: () => ({ content: [{ type: "image", data: PNG, mimeType: "image/png" }] }) },
  test_audio_content: { run: () => ({ content: [{ type: "audio", data: WAV, mimeType: "audio/wav" }] }) },
  test_embedded_resource: {
    run: () => ({
      content: [
        {
          type: "resource",
          resource: {
            uri: "test://embedded-resource",
            mimeType: "text/plain",
            text: "This is an embedded resource content.",
          },
        },
      ],
    }),
  },
  test_multiple_content_types: {
    run: () => ({
      content: [
        text("Multiple content types test:"),
        { type: "image", data: PNG, mimeType: "image/png" },
        {
          type: "resource",
          resource: {
            uri: "test://mixed-content-resource",
            mimeType: "application/json",
            text: JSON.stringify({ test: "data", value: 123 }),
          },
        },
      ],
    }),
  },
  test_tool_with_logging: {
    async run(ctx) {
      for (const data of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
        await ctx.mcpReq.notify({ method: "notifications/message", params: { level: "info", data } });
        await pause();
      }
      return says("Three messages were logged.");
    },
  },
  test_logging_tool: {
    async run(ctx) {
      await ctx.mcpReq.log("info", "Logged for whoever asked for it");
      return says("Logged.");
    },
  },
  test_tool_with_progress: {
    async run(ctx) {
      const progressToken = ctx.mcpReq._meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined) {
          const params = { progressToken, progress, total: 100, message: `${progress} of 100` };
          await ctx.mcpReq.notify({ method: "notifications/progress", params });
        }
        await pause();
      }
      return says(String(progressToken));
    },
  },
  test_error_handling: {
    run: () => ({ isError: true, ...says("This tool intentionally returns an error for testing") }),
  },
  test_streaming_elicitation: { run: () => says("Nothing had to be asked.") },
  test_reconnection: {
    async run(ctx) {
      ctx.cutOff?.();
      await pause();
      return says("The client came back.");
    },
  },
  test_sampling: {
    schema: object({ prompt: string() }, ["prompt"]),
    run: (ctx, { prompt }) =>
      asks(
        ctx,
        "sampling/createMessage",
        { messages: [{ role: "user", content: text(prompt) }], maxTokens: 100 },
        (answer) => `LLM response: ${answer.content?.text}`,
      ),
  },
  test_elicitation: {
    schema: object({ message: string() }, ["message"]),
    run: (ctx, { message }) => {
      const asked = { username: string("User's response"), email: string("User's email address") };
      return elicit(ctx, message, object(asked, ["username", "email"]), "User response");
    },
  },
  test_elicitation_sep1034_defaults: {
    run: (ctx) =>
      elicit(
        ctx,
        "Check these values",
        object({
          name: { type: "string", default: "John Doe" },
          age: { type: "integer", default: 30 },
          score: { type: "number", default: 95.5 },
          status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
          verified: { type: "boolean", default: true },
        }),
        "Elicitation completed",
      ),
  },
  test_elicitation_sep1330_enums: {
    run: (ctx) => {
      const plain = ["option1", "option2", "option3"];
      return elicit(
        ctx,
        "Choose",
        object({
          untitledSingle: { type: "string", enum: plain },
          titledSingle: {
            type: "string",
            oneOf: titled(["value1", "First Option"], ["value2", "Second Option"], ["value3", "Third Option"]),
          },
          legacyEnum: {
            type: "string",
            enum: ["opt1", "opt2", "opt3"],
            enumNames: ["Option One", "Option Two", "Option Three"],
          },
          untitledMulti: { type: "array", items: { type: "string", enum: plain } },
          titledMulti: {
            type: "array",
            items: { anyOf: titled(["value1", "First Choice"], ["value2", "Second Choice"], ["value3", "Third Choice"]) },
          },
        }),
        "Elicitation completed",
      );
    },
  },
  json_schema_2020_12_tool: {
    schema: {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      ...object({
        name: string(),
        address: { $ref: "#/$defs/address" },
        contactMethod: { type: "string", enum: ["phone", "email"] },
        phone: string(),
        email: string(),
      }),
      $defs: { address: { $anchor: "addressDef", ...object({ street: string(), city: string() }) } },
      allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
      if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
      then: { required: ["phone"] },
      else: { required: ["email"] },
      additionalProperties: false,
    },
    run: (ctx, given) => says(JSON.stringify(given)),
  },
  test_missing_capability: {
    run: (ctx) => {
      const messages = [{ role: "user", content: text("Say anything") }];
      return asks(ctx, "sampling/createMessage", { messages, maxTokens: 16 }, () => "Answered.");
    },
  },
  test_input_required_result_elicitation: {
    run(ctx) {
      const given = accepted(ctx, "user_name");
      return typeof given?.name === "string"
        ? says(`Hello, ${given.name}!`)
        : inputRequired({ inputRequests: { user_name: form("What is your name?", "name") } });
    },
  },
  test_input_required_result_sampling: {
    run(ctx) {
      const answer = ctx.mcpReq.inputResponses?.capital_question;
      return answer
        ? says(`The model says: ${answer.content?.text}`)
        : inputRequired({ inputRequests: { capital_question: sample("What is the capital of France?", 100) } });
    },
  },
  test_input_required_result_list_roots: {
    run(ctx) {
      const answer = ctx.mcpReq.inputResponses?.client_roots;
      return answer
        ? says(`Roots: ${(answer.roots ?? []).map((root) => root.uri).join(" ")}`)
        : inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
    },
  },
  test_input_required_result_request_state: {
    async run(ctx) {
      if (accepted(ctx, "confirm") === undefined) {
        const inputRequests = { confirm: form("Please confirm", "ok", "boolean") };
        return inputRequired({ inputRequests, requestState: await sealed({ step: "confirm" }) });
      }
      if (ctx.mcpReq.requestState()?.step !== "confirm") {
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, "The request state is missing");
      }
      return says("state-ok");
    },
  },
  test_input_required_result_multiple_inputs: {
    async run(ctx) {
      const given = ctx.mcpReq.inputResponses;
      if (accepted(ctx, "user_name") && given.greeting && given.client_roots) {
        return says(`${given.greeting.content?.text}, ${accepted(ctx, "user_name").name}`);
      }
      return inputRequired({
        inputRequests: {
          user_name: form("What is your name?", "name"),
          greeting: sample("Generate a greeting", 50),
          client_roots: inputRequired.listRoots(),
        },
        requestState: await sealed({ step: "all" }),
      });
    },
  },
  test_input_required_result_multi_round: {
    async run(ctx) {
      const state = ctx.mcpReq.requestState();
      if (state?.step === 2) {
        return says(`${state.name} likes ${accepted(ctx, "step2")?.color}`);
      }
      const name = accepted(ctx, "step1")?.name;
      return state?.step === 1 && name !== undefined
        ? inputRequired({
            inputRequests: { step2: form("Step 2: What is your favorite color?", "color") },
            requestState: await sealed({ step: 2, name }),
          })
        : inputRequired({
            inputRequests: { step1: form("Step 1: What is your name?", "name") },
            requestState: await sealed({ step: 1 }),
          });
    },
  },
  test_input_required_result_tampered_state: {
    async run(ctx) {
      return ctx.mcpReq.requestState() !== undefined && accepted(ctx, "confirm") !== undefined
        ? says("The state is what it was.")
        : inputRequired({
            inputRequests: { confirm: form("Please confirm", "ok", "boolean") },
            requestState: await sealed({ step: "tampered" }),
          });
    },
  },
  test_input_required_result_capabilities: {
    run(ctx) {
      if (ctx.mcpReq.inputResponses) {
        return says("Answered.");
      }
      const can = abilities(ctx);
      const inputRequests = {
        ...(can.elicitation ? { user_name: form("What is your name?", "name") } : {}),
        ...(can.sampling ? { greeting: sample("Generate a greeting", 50) } : {}),
        ...(can.roots ? { client_roots: inputRequired.listRoots() } : {}),
      };
      return Object.keys(inputRequests).length ? inputRequired({ inputRequests }) : says("There is nobody to ask.");
    },
  },
  test_trigger_tool_change: { run: (ctx) => changed(ctx, "tools") },
  test_trigger_prompt_change: { run: (ctx) => changed(ctx, "prompts") },
  ...(era === "stateless" ? tasks.tools : {}),
  // For comparisons of what passes through, byte by byte.
  measure: {
    schema: object({ bytes: { type: "integer" } }, ["bytes"]),
    run: (ctx, { bytes }) => says("x".repeat(bytes)),
  },
  scripts: { run: () => says('日本語 עברית 👩‍👩‍👧‍👦 \u0000\u001f\u2028 "\\/ e\u0301 é') },
  nest: {
    schema: object({ depth: { type: "integer" } }, ["depth"]),
    run(ctx, { depth }) {
      let value = { leaf: [1e2, -0, 0.1, 12345678901234567890, null, true] };
      for (let level = 0; level < depth; level++) value = level % 2 ? { value } : { list: [value] };
      return { ...says("nested"), structuredContent: value };
    },
  },
};

// --- resources and prompts ---------------------------------------------------------------------------------------------

const resources = {
  "test://static-text": { text: "This is the content of the static text resource.", mimeType: "text/plain" },
  "test://static-binary": { blob: PNG, mimeType: "image/png" },
  "test://watched-resource": { text: "This is watched.", mimeType: "text/plain" },
};
const listedResources = Object.entries(resources).map(([uri, { mimeType }]) => ({
  uri,
  name: uri.slice("test://".length),
  description: `The resource ${uri}`,
  mimeType,
}));

function read(uri) {
  const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
  if (id) {
    const data = { id, templateTest: true, data: `Data for ID: ${id}` };
    return { contents: [{ uri, mimeType: "application/json", text: JSON.stringify(data) }] };
  }
  if (!resources[uri]) {
    const code = era === "stateless" ? ProtocolErrorCode.InvalidParams : -32002;
    throw new ProtocolError(code, "Resource not found", { uri });
  }
  return { contents: [{ uri, ...resources[uri] }] };
}

const user = (content) => ({ role: "user", content });
const prompts = {
  test_simple_prompt: { messages: () => [user(text("This is a simple prompt for testing."))] },
  test_prompt_with_arguments: {
    arguments: ["arg1", "arg2"],
    messages: ({ arg1, arg2 }) => [user(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))],
  },
  test_prompt_with_embedded_resource: {
    arguments: ["resourceUri"],
    messages: ({ resourceUri }) => [
      user({
        type: "resource",
        resource: { uri: resourceUri, mimeType: "text/plain", text: "Embedded resource content for testing." },
      }),
      user(text("Please process the embedded resource above.")),
    ],
  },
  test_prompt_with_image: {
    messages: () => [
      user({ type: "image", data: PNG, mimeType: "image/png" }),
      user(text("Please analyze the image above.")),
    ],
  },
  test_input_required_result_prompt: {
    messages(given, ctx) {
      const context = accepted(ctx, "user_context")?.context;
      return context === undefined
        ? inputRequired({ inputRequests: { user_context: form("What context should the prompt use?", "context") } })
        : [user(text(`With the context ${context}`))];
    },
  },
};

// --- the server --------------------------------------------------------------------------------------------------------

const transports = new Map();
let handler;

async function changed(ctx, kind) {
  if (era === "stateless") {
    handler.notify[`${kind}Changed`]();
  } else {
    await ctx.server.notification({ method: `notifications/${kind}/list_changed` });
  }
  return says(`The ${kind} are said to have changed.`);
}

function makeServer() {
  const watched = { listChanged: true };
  const capabilities = {
    tools: watched,
    resources: { subscribe: true, ...watched },
    prompts: watched,
    logging: {},
    completions: {},
    ...(era === "stateless" ? { extensions: { [tasks.EXTENSION]: {} } } : {}),
  };
  const mcp = new McpServer(
    { name: "reference-server", version: "1.0.0" },
    { capabilities, instructions: "For tests.", requestState: { verify: states.verify } },
  );
  const { server } = mcp;
  // The SDK compares headers with the arguments of the tools that it has been told of.
  mcp.registerTool(MIRRORED, { inputSchema: fromJsonSchema(tools[MIRRORED].schema) }, () => says(""));
  const answers = {
    "tools/list": () => ({
      tools: Object.entries(tools).map(([name, { schema }]) => ({
        name,
        description: `The tool ${name}`,
        inputSchema: schema ?? object(),
      })),
    }),
    async "tools/call"({ params }, ctx) {
      const tool = tools[params.name];
      if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${params.name}`);
      const cutOff = () => transports.get(ctx.sessionId)?.closeSSEStream(ctx.mcpReq.id);
      try {
        return await tool.run({ ...ctx, mcpReq: ctx.mcpReq, server, cutOff }, params.arguments ?? {});
      } catch (error) {
        if (error instanceof ProtocolError) throw error;
        return { isError: true, ...says(String(error)) };
      }
    },
    "resources/list": () => ({ resources: listedResources }),
    "resources/templates/list": () => ({
      resourceTemplates: [
        { uriTemplate: "test://template/{id}/data", name: "template", description: "Data by id", mimeType: "application/json" },
      ],
    }),
    "resources/read": ({ params }) => read(params.uri),
    "prompts/list": () => ({
      prompts: Object.entries(prompts).map(([name, prompt]) => ({
        name,
        description: `The prompt ${name}`,
        arguments: (prompt.arguments ?? []).map((argument) => ({ name: argument, description: argument, required: true })),
      })),
    }),
    "prompts/get"({ params }, ctx) {
      const prompt = prompts[params.name];
      if (!prompt) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown prompt: ${params.name}`);
      const messages = prompt.messages(params.arguments ?? {}, ctx);
      return Array.isArray(messages) ? { messages } : messages;
    },
    "completion/complete": () => ({ completion: { values: ["paris", "park"], total: 2, hasMore: false } }),
    "logging/setLevel": () => ({}),
    "resources/subscribe": () => ({}),
    "resources/unsubscribe": () => ({}),
  };
  for (const [method, answer] of Object.entries(answers)) server.setRequestHandler(method, answer);
  if (era === "stateless") tasks.serve(server);
  return mcp;
}

// --- HTTP --------------------------------------------------------------------------------------------------------------

/** Events for hosts that come back for them. */
function eventStore() {
  const events = [];
  return {
    async storeEvent(stream, message) {
      events.push({ id: `${stream}|${events.length}`, stream, message });
      return events.at(-1).id;
    },
    async replayEventsAfter(last, { send }) {
      const at = events.findIndex((event) => event.id === last);
      const stream = last.slice(0, last.lastIndexOf("|"));
      for (const event of events.slice(at + 1).filter((one) => one.stream === stream)) {
        if (Object.keys(event.message).length) await send(event.id, event.message);
      }
      return stream;
    },
  };
}

async function session(request, response, body) {
  const id = request.headers["mcp-session-id"];
  if (id === undefined && body?.method === "initialize") {
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      eventStore: eventStore(),
      retryInterval: 300,
      onsessioninitialized: (made) => transports.set(made, transport),
    });
    transport.onclose = () => transports.delete(transport.sessionId);
    await makeServer().connect(transport);
    return transport.handleRequest(request, response, body);
  }
  const transport = transports.get(id);
  if (transport) return transport.handleRequest(request, response, body);
  response.writeHead(id === undefined ? 400 : 404, { "content-type": "application/json" });
  const error = { code: -32600, message: id === undefined ? "No session" : "Unknown session" };
  response.end(JSON.stringify({ jsonrpc: "2.0", id: null, error }));
}

if (era === "stateless") handler = createMcpHandler(makeServer, { legacy: "reject" });
const modern = handler && toNodeHandler(handler);
const local = /^(localhost|127\.0\.0\.1|\[::1])(:\d+)?$/;

const listener = http.createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    const foreign = request.headers.origin && !local.test(request.headers.origin.replace(/^https?:\/\//, ""));
    if (!local.test(request.headers.host) || foreign) return response.writeHead(403).end();
    try {
      const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
      await (modern ? modern(request, response, body) : session(request, response, body));
    } catch (error) {
      if (!response.headersSent) response.writeHead(400);
      response.end(String(error));
    }
  });
});
listener.requestTimeout = 0;
listener.listen(0, "127.0.0.1", () => console.log(`http://localhost:${listener.address().port}/mcp`));
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
