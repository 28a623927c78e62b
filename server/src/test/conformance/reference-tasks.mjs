// The tasks extension of 2026-07-28 (io.modelcontextprotocol/tasks, SEP-2663) for the reference server, as far as the suite
// grades it: calls that go on after their answer, asked about by their ids. The SDK brings no such server; it checks the
// headers and carries the methods.
import { randomUUID } from "node:crypto";
import {
  fromJsonSchema,
  inputRequired,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
} from "@modelcontextprotocol/server";

export const EXTENSION = "io.modelcontextprotocol/tasks";

const TTL_MS = 600_000;
const ENDS = ["completed", "failed", "cancelled"];
const known = new Map();

const says = (words) => ({ content: [{ type: "text", text: words }] });
const object = (properties = {}) => ({ type: "object", properties });
const elicit = (message, name, type) => ({
  method: "elicitation/create",
  params: { message, requestedSchema: { ...object({ [name]: { type } }), required: [name] } },
});

function declares(ctx) {
  const capabilities = ctx.mcpReq.envelope?.["io.modelcontextprotocol/clientCapabilities"];
  return capabilities?.extensions?.[EXTENSION] !== undefined;
}

function demand(ctx) {
  if (declares(ctx)) return;
  throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { extensions: { [EXTENSION]: {} } } });
}

class Task {
  constructor() {
    const now = new Date().toISOString();
    this.seen = { taskId: randomUUID(), status: "working", createdAt: now, lastUpdatedAt: now, ttlMs: TTL_MS, pollIntervalMs: 100 };
    this.answers = {};
    this.timers = new Set();
    known.set(this.seen.taskId, this);
  }

  /** What the call is answered with. */
  created() {
    const { inputRequests, ...base } = this.seen;
    return { resultType: "task", ...base };
  }

  become(status, more = {}) {
    if (ENDS.includes(this.seen.status)) return;
    const { inputRequests, ...rest } = this.seen;
    this.seen = { ...rest, status, lastUpdatedAt: new Date().toISOString(), ...more };
    if (ENDS.includes(status)) this.timers.forEach(clearTimeout);
  }

  after(ms, then) {
    this.timers.add(setTimeout(then, ms));
  }

  ask(inputRequests, then) {
    this.become("input_required", { inputRequests });
    this.then = then;
  }

  answer(responses) {
    const open = this.seen.inputRequests ?? {};
    for (const [key, response] of Object.entries(responses)) if (key in open) this.answers[key] = response;
    const left = Object.fromEntries(Object.entries(open).filter(([key]) => !(key in this.answers)));
    if (Object.keys(left).length) this.become("input_required", { inputRequests: left });
    else if (this.then) this.then(this.answers);
  }
}

/** A tool whose call goes on as a task where the client knows tasks. */
const task = (properties, begin, otherwise) => ({
  schema: object(properties),
  run(ctx, given) {
    if (!declares(ctx) && otherwise) return otherwise(given);
    demand(ctx);
    const begun = new Task();
    begin(begun, given);
    return begun.created();
  },
});

const slow = ({ label = "slow" }) => says(`${label} is done.`);

export const tools = {
  greet: { schema: object({ name: { type: "string" } }), run: (ctx, { name }) => says(`Hello, ${name}!`) },
  slow_compute: task(
    { seconds: { type: "number" }, label: { type: "string" } },
    (begun, given) => begun.after((given.seconds ?? 1) * 1000, () => begun.become("completed", { result: slow(given) })),
    slow,
  ),
  failing_job: task({}, (begun) =>
    begun.after(500, () => begun.become("completed", { result: { isError: true, ...says("The job failed.") } })),
  ),
  protocol_error_job: task({}, (begun) =>
    begun.after(200, () => begun.become("failed", { error: { code: -32603, message: "The job broke." } })),
  ),
  confirm_delete: task({ filename: { type: "string" } }, (begun, { filename }) =>
    begun.ask({ [randomUUID()]: elicit(`Delete ${filename}?`, "confirm", "boolean") }, () =>
      begun.become("completed", { result: says(`${filename} is settled.`) }),
    ),
  ),
  multi_input: task({}, (begun) =>
    begun.ask(
      { [randomUUID()]: elicit("Who?", "name", "string"), [randomUUID()]: elicit("Sure?", "confirm", "boolean") },
      () => begun.become("completed", { result: says("All is known.") }),
    ),
  ),
  test_tool_with_task: {
    run(ctx) {
      demand(ctx);
      const name = ctx.mcpReq.inputResponses?.user_name?.content?.name;
      if (name === undefined) {
        return inputRequired({ inputRequests: { user_name: elicit("What is your name?", "name", "string") } });
      }
      const begun = new Task();
      begun.after(100, () => begun.become("completed", { result: says(`It was for ${name}.`) }));
      return begun.created();
    },
  },
};

/** Answers what clients ask of tasks. */
export function serve(server) {
  const params = fromJsonSchema({ ...object({ taskId: { type: "string" } }), required: ["taskId"] });
  const methods = {
    "tasks/get": (found) => found.seen,
    "tasks/update"(found, ctx) {
      // The SDK takes them out of the parameters of every request.
      found.answer(ctx.mcpReq.inputResponses ?? {});
      return {};
    },
    "tasks/cancel"(found) {
      found.become("cancelled");
      return {};
    },
  };
  for (const [method, answer] of Object.entries(methods)) {
    server.setRequestHandler(method, { params }, (given, ctx) => {
      demand(ctx);
      const found = known.get(given.taskId);
      if (!found) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown task: ${given.taskId}`);
      return answer(found, ctx);
    });
  }
}
