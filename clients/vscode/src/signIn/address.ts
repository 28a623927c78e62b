// Addresses of a sign-in: what may be opened, and which sign-in a pasted one belongs to. Pure.
import type { SignInFlow } from '../generated/protocol';

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
