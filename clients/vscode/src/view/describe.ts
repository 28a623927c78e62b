// How a server looks in the list: words, icon and what can be done. Pure, so that every state is tested.
import type { Server, ServerState } from '../generated/protocol';

/** What the menus of the view go by; each is a word of the item's context value. */
export type Verb = 'authenticate' | 'signingIn' | 'signOut' | 'restart' | 'stop' | 'enable' | 'disable' | 'approve';

export interface Look {
  readonly description: string;
  /** A product icon. */
  readonly icon: string;
  /** A theme color. */
  readonly color?: string;
  /** What the person may do next, as a sentence. */
  readonly next: string;
  readonly verbs: readonly Verb[];
}

export function lookOf(server: Server): Look {
  const look = lookOfState(server, server.state);
  return server.authentication.kind === 'authenticated' ? { ...look, verbs: [...look.verbs, 'signOut'] } : look;
}

function lookOfState(server: Server, state: ServerState): Look {
  switch (state.kind) {
    case 'disabled':
      return { description: 'disabled', icon: 'circle-slash', next: 'Enable it to use it.', verbs: ['enable'] };
    case 'untrusted':
      return {
        description: 'waits for your approval',
        icon: 'shield',
        color: 'list.warningForeground',
        next: 'A file of this workspace brings it. Look at what would run, and approve it.',
        verbs: ['approve'],
      };
    case 'stopped':
      return { description: 'stopped', icon: 'circle-large-outline', next: 'Restart it to use it.', verbs: ['restart', 'disable'] };
    case 'connecting':
      return { description: 'connecting…', icon: 'loading~spin', next: '', verbs: ['stop', 'restart', 'disable'] };
    case 'authRequired':
      return {
        description: 'sign-in required',
        icon: 'lock',
        color: 'list.warningForeground',
        next: `${state.reason.requestedBy ? `Asked for by ${state.reason.requestedBy}. ` : ''}Click the key to sign in.`,
        verbs: ['authenticate', 'stop', 'disable'],
      };
    case 'authenticating':
      return { description: 'signing in…', icon: 'loading~spin', next: 'Finish in your browser.', verbs: ['signingIn', 'disable'] };
    case 'connected':
      return { description: connected(server), icon: 'pass-filled', color: 'testing.iconPassed', next: '', verbs: ['restart', 'stop', 'disable'] };
    case 'retrying':
      return {
        description: `retrying: ${state.failure.message}`,
        icon: 'sync',
        color: 'list.warningForeground',
        next: `${state.failure.action} Attempt ${state.attempt + 1} follows by itself.`,
        verbs: ['restart', 'stop', 'disable'],
      };
    case 'failed':
      return { description: state.failure.message, icon: 'error', color: 'list.errorForeground', next: state.failure.action, verbs: ['restart', 'disable'] };
    default:
      // A later version's state is drawn as its name.
      return { description: (state as { kind: string }).kind, icon: 'question', next: '', verbs: ['restart'] };
  }
}

function connected(server: Server): string {
  const account = server.authentication.kind === 'authenticated' ? server.authentication.account : undefined;
  return [account, count(server.counts.tools, 'tool')].filter(Boolean).join(' · ');
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What a server offers besides tools. */
export function othersOf({ counts }: Server): readonly string[] {
  const parts = [
    counts.resources > 0 || counts.resourceTemplates > 0 ? [counts.resources > 0 ? count(counts.resources, 'resource') : '', counts.resourceTemplates > 0 ? count(counts.resourceTemplates, 'resource template') : ''].filter(Boolean).join(', ') : '',
    counts.prompts > 0 ? count(counts.prompts, 'prompt') : '',
  ];
  return parts.filter((part) => part !== '');
}

/** The servers that wait for the person. */
export function needy(servers: readonly Server[]): readonly Server[] {
  return servers.filter(({ state }) => state.kind === 'authRequired' || state.kind === 'untrusted' || state.kind === 'failed');
}
