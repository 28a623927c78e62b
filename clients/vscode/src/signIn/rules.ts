// What is said and checked of sign-ins: addresses that may be opened or were pasted, and the prompt. Pure.
import type { Server, SignInFlow } from '../generated/protocol';

export function isWebAddress(address: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(address);
}

/** OAuth's `state`, which tells sign-ins that run at the same time apart. */
function stateOf(address: string): string | undefined {
  return /[?&#]state=([^&#\s]*)/.exec(address)?.[1];
}

/** Whether a browser may have ended there: the answer of an authorization server is a code or an error. */
export function looksLikeCallback(address: string): boolean {
  return isWebAddress(address.trim()) && /[?&#](code|error)=/.test(address);
}

/** The sign-in that a pasted address ends; the only one there is when the address does not say. */
export function flowOf(address: string, flows: readonly SignInFlow[]): SignInFlow | undefined {
  const state = stateOf(address);
  return state === undefined ? (flows.length === 1 ? flows[0] : undefined) : flows.find((flow) => stateOf(flow.authorizationUrl) === state);
}

/** The listener's address as the browser has it: the same one when only the spelling of this machine's name differs. */
export function externalOf(uri: string, seen: string): string {
  const [one, other] = [new URL(uri), new URL(seen)];
  const here = /^(127\.0\.0\.1|localhost|\[::1\])$/;
  return here.test(one.hostname) && here.test(other.hostname) && one.port === other.port && one.pathname === other.pathname ? uri : other.href;
}

/** One sentence for all servers that need a sign-in, with who asked for the only one. */
export function promptFor(needed: readonly Server[]): string {
  const [first] = needed;
  const by = first?.state.kind === 'authRequired' ? first.state.reason.requestedBy : undefined;
  return needed.length === 1
    ? `The MCP server ${first?.name} needs you to sign in${by ? ` (${by})` : ''}.`
    : `${needed.length} MCP servers need you to sign in: ${needed.map(({ name }) => name).join(', ')}.`;
}
