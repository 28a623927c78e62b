// Which servers VS Code's own agent is offered. Pure.
import type { Server } from './generated/protocol';

export function offered(servers: readonly Server[], which: 'all' | 'others' | 'none'): readonly Server[] {
  return servers.filter(({ state, origin }) => {
    const usable = state.kind !== 'disabled' && state.kind !== 'untrusted' && state.kind !== 'stopped';
    // VS Code starts what stands in its own file by itself: an agent would see each of its tools twice.
    const known = origin.kind === 'workspace' && origin.file.endsWith('/.vscode/mcp.json');
    return usable && (which === 'all' || (which === 'others' && !known));
  });
}
