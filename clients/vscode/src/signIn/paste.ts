// Ends a sign-in by hand: the address of the page the browser ended at, where that page cannot reach this machine.
import { env, window } from 'vscode';
import type { Drawbridge } from '../drawbridge';
import { flowOf, looksLikeCallback } from './address';
import { only, type SignIns } from './signIns';

export async function pasteAddress(drawbridge: Drawbridge, signIns: SignIns, server?: string): Promise<void> {
  const flows = server === undefined ? signIns.flows : signIns.flows.filter((flow) => flow.server === server);
  only(flows[0]);
  const copied = await env.clipboard.readText();
  const address = await window.showInputBox({
    title: server === undefined ? 'Sign in' : `Sign in to ${server}`,
    prompt: 'The whole address of the page the browser ended at',
    placeHolder: 'http://127.0.0.1:48801/callback?code=…&state=…',
    // What was just copied is most likely it, but only when it belongs to a sign-in that runs.
    value: looksLikeCallback(copied) && flowOf(copied, flows) ? copied.trim() : '',
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') {
        return undefined;
      }
      if (!looksLikeCallback(text)) {
        return 'Copy all of the browser’s address bar; there is a code in it.';
      }
      return flowOf(text, flows) ? undefined : 'This is the address of another sign-in, or of an older one.';
    },
  });
  if (address !== undefined && address.trim() !== '') {
    await drawbridge.request('mcp/completeAuthentication', { flowId: only(flowOf(address, flows)).flowId, callbackUrl: address.trim() });
  }
}
