// How servers look: words, icon, what can be done, and all of them in one line. Pure, so that every state is tested.
import type { Server, ServerState, StoreSecretParams } from '../generated/protocol';

/** What the menus of the view go by; each is a word of the item's context value. */
export type Verb = 'authenticate' | 'signingIn' | 'signOut' | 'restart' | 'stop' | 'enable' | 'disable' | 'approve' | 'answer';

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

const WAITS = 'list.warningForeground';

export function lookOf(server: Server): Look {
  const look = lookOfState(server, server.state);
  return server.authentication.kind === 'authenticated' ? { ...look, verbs: [...look.verbs, 'signOut'] } : look;
}

function lookOfState(server: Server, state: ServerState): Look {
  switch (state.kind) {
    case 'disabled':
      return { description: 'disabled', icon: 'circle-slash', next: 'Enable it to use it.', verbs: ['enable'] };
    case 'untrusted':
      return { description: 'waits for your approval', icon: 'shield', color: WAITS, next: 'A file of this workspace brings it. Look at what would run, and approve it.', verbs: ['approve'] };
    case 'stopped':
      return { description: 'stopped', icon: 'circle-large-outline', next: 'Restart it to use it.', verbs: ['restart', 'disable'] };
    case 'connecting':
      return { description: 'connecting…', icon: 'loading~spin', next: '', verbs: ['restart', 'stop', 'disable'] };
    case 'authRequired': {
      const by = state.reason.requestedBy ? `Asked for by ${state.reason.requestedBy}. ` : '';
      return { description: 'sign-in required', icon: 'lock', color: WAITS, next: `${by}Click the key to sign in.`, verbs: ['authenticate', 'stop', 'disable'] };
    }
    case 'authenticating':
      return { description: 'signing in…', icon: 'loading~spin', next: 'Finish in your browser.', verbs: ['signingIn', 'disable'] };
    case 'connected': {
      const account = server.authentication.kind === 'authenticated' ? server.authentication.account : undefined;
      const description = [account, count(server.counts.tools, 'tool')].filter(Boolean).join(' · ');
      return { description, icon: 'pass-filled', color: 'testing.iconPassed', next: '', verbs: ['restart', 'stop', 'disable'] };
    }
    case 'retrying': {
      const next = `${state.failure.action} Attempt ${state.attempt + 1} follows by itself.`;
      return { description: `retrying: ${state.failure.message}`, icon: 'sync', color: WAITS, next, verbs: ['restart', 'stop', 'disable'] };
    }
    case 'failed':
      return secretOf(server)
        ? { description: 'waits for a value', icon: 'edit', color: WAITS, next: `${state.failure.message} It is kept where the sign-ins are.`, verbs: ['answer', 'disable'] }
        : { description: state.failure.message, icon: 'error', color: 'list.errorForeground', next: state.failure.action, verbs: ['restart', 'disable'] };
    default:
      // A later version's state is drawn as its name.
      return { description: (state as { kind: string }).kind, icon: 'question', next: '', verbs: ['restart'] };
  }
}

/** The value a server's definition waits for, which only the person knows: of `${input:name}` or `${keyring:name}`. */
export function secretOf({ state }: Server): StoreSecretParams | undefined {
  const { code, message } = state.kind === 'failed' ? state.failure : { code: '', message: '' };
  const kind = ({ 'config.missingInput': 'input', 'config.missingSecret': 'keyring' } as const)[code];
  const name = /"([^"]+)"/.exec(message)?.[1];
  return kind && name ? { kind, name } : undefined;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What a server offers besides tools. */
export function othersOf({ counts }: Server): readonly string[] {
  const all: [number, string][] = [[counts.resources, 'resource'], [counts.resourceTemplates, 'resource template'], [counts.prompts, 'prompt']];
  return all.filter(([number]) => number > 0).map(([number, noun]) => count(number, noun));
}

export interface Summary {
  readonly text: string;
  readonly words: string;
  /** How many servers wait for the person. */
  readonly waiting: number;
  /** How many of them for a sign-in. */
  readonly signIns: number;
}

/** All servers in a few words; nothing when there are none, or none that are wanted. */
export function summaryOf(servers: readonly Server[]): Summary | undefined {
  const total = servers.filter(({ state }) => state.kind !== 'disabled').length;
  const number = (kind: ServerState['kind']): number => servers.filter(({ state }) => state.kind === kind).length;
  const [connected, signIns, approvals, failed] = [number('connected'), number('authRequired'), number('untrusted'), number('failed')];
  const needs: [number, string, string][] = [
    [signIns, `${count(signIns, 'sign-in')} needed`, '$(key)'],
    [approvals, `${count(approvals, 'approval')} needed`, '$(shield)'],
    [failed, `${failed} failed`, '$(error)'],
  ];
  const open = needs.filter(([many]) => many > 0);
  const words = [`${connected} of ${count(total, 'server')} connected`, ...open.map(([, sentence]) => sentence)].join(', ');
  const text = open[0] ? `${open[0][2]} MCP ${open[0][0]}` : `$(plug) MCP ${connected}/${total}`;
  return total === 0 ? undefined : { text, words, waiting: signIns + approvals + failed, signIns };
}

/** The servers VS Code's own agent is offered: what stands in VS Code's own file it starts by itself, and would show twice. */
export function offered(servers: readonly Server[], which: 'all' | 'others' | 'none'): readonly Server[] {
  return servers.filter(({ state, origin }) => {
    const usable = !['disabled', 'untrusted', 'stopped'].includes(state.kind);
    const known = origin.kind === 'workspace' && origin.file.endsWith('/.vscode/mcp.json');
    return usable && (which === 'all' || (which === 'others' && !known));
  });
}
