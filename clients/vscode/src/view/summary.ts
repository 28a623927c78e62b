// All servers in a few words for the status bar. Pure.
import type { Server } from '../generated/protocol';
import { count } from './describe';

export interface Summary {
  readonly text: string;
  readonly words: string;
  /** Whether the person is needed. */
  readonly attention: boolean;
}

/** Nothing when there is nothing to say: no servers, or no Drawbridge to have any. */
export function summaryOf(servers: readonly Server[], phase: 'starting' | 'ready' | 'failed'): Summary | undefined {
  if (phase === 'failed') {
    return { text: '$(debug-disconnect) MCP', words: 'Drawbridge does not run', attention: false };
  }
  const enabled = servers.filter(({ state }) => state.kind !== 'disabled');
  const number = (kind: Server['state']['kind']): number => enabled.filter(({ state }) => state.kind === kind).length;
  if (enabled.length === 0) {
    return undefined;
  }
  const [signIns, approvals, failed] = [number('authRequired'), number('untrusted'), number('failed')];
  const running = `${number('connected')} of ${count(enabled.length, 'server')} connected`;
  const words = [running, signIns > 0 ? `${count(signIns, 'sign-in')} needed` : '', approvals > 0 ? `${count(approvals, 'approval')} needed` : '', failed > 0 ? `${failed} failed` : ''].filter((part) => part !== '').join(', ');
  const mark = signIns > 0 ? `$(key) MCP ${signIns}` : approvals > 0 ? `$(shield) MCP ${approvals}` : failed > 0 ? `$(error) MCP ${failed}` : '';
  return { text: mark || `$(plug) MCP ${number('connected')}/${enabled.length}`, words, attention: signIns > 0 };
}
