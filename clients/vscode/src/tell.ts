// Failures in words, with the log one click away.
import { commands, window } from 'vscode';
import { sentenceOf, unlinked } from './problem';

export function tell(error: unknown): void {
  // What the person cancelled is no failure.
  if ((error as { name?: unknown } | undefined)?.name === 'Canceled') {
    return;
  }
  const log = 'Show Log';
  void window.showErrorMessage(unlinked(sentenceOf(error)), log).then((choice) => choice === log && commands.executeCommand('drawbridge.showLog'));
}
