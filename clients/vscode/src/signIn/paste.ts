// Ends a sign-in by hand: the address of the page the browser ended at, where that page cannot reach this machine.
import { env, UIKind, window } from 'vscode';
import type { Drawbridge } from '../drawbridge';
import { flowOf, looksLikeCallback } from './rules';
import type { SignIns } from './signIns';

export async function pasteAddress(drawbridge: Drawbridge, signIns: SignIns, server?: string): Promise<void> {
  const flows = signIns.flows.filter((flow) => server === undefined || flow.server === server);
  // In a browser, reading the clipboard asks the person something else first.
  const copied = env.uiKind === UIKind.Desktop ? await env.clipboard.readText() : '';
  const address = await window.showInputBox({
    title: `Sign in to ${server ?? flows.map((flow) => flow.server).join(', ')}`,
    prompt: 'The whole address of the page the browser ended at',
    placeHolder: 'http://127.0.0.1:48801/callback?code=…&state=…',
    // What was just copied is most likely it, but only when it belongs to a sign-in that runs.
    value: looksLikeCallback(copied) && flowOf(copied, flows) ? copied.trim() : '',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const problem = flowOf(text, flows) ? '' : 'This is the address of another sign-in, or of one that has ended.';
      return looksLikeCallback(text) ? problem : text.trim() && 'Copy all of the browser’s address bar; there is a code in it.';
    },
  });
  const flow = address?.trim() ? flowOf(address, flows) : undefined;
  if (address && flow) {
    await drawbridge.request('mcp/completeAuthentication', { flowId: flow.flowId, callbackUrl: address.trim() });
  }
}
