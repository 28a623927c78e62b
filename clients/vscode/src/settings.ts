// The settings `drawbridge.*`, typed, each read when it is needed.
import { workspace } from 'vscode';

function read<T>(name: string, otherwise: T): T {
  return workspace.getConfiguration('drawbridge').get<T>(name, otherwise);
}

export const settings = {
  get path(): string {
    return read('path', '').trim();
  },
  get agentOffer(): 'all' | 'others' | 'none' {
    return read('agent.offer', 'others');
  },
  get statusBar(): 'always' | 'attention' | 'never' {
    return read('statusBar', 'always');
  },
  get connection(): 'socket' | 'process' {
    return read('connection', 'socket');
  },
};
