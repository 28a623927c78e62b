// Opens an address in the browser of the person's machine, byte for byte.
import { env, window, type Uri } from 'vscode';
import { Problem } from '../problem';
import { isWebAddress } from './rules';

export async function openInBrowser(address: string): Promise<void> {
  if (!isWebAddress(address)) {
    throw new Problem('failed', 'The address to open is neither http nor https.', 'Show the log of the server.');
  }
  // As text: a Uri would be written anew, with other escapes, and authorization servers compare `redirect_uri` exactly.
  if (!(await env.openExternal(address as unknown as Uri))) {
    const copy = 'Copy Address';
    if ((await window.showInformationMessage('The browser was not opened. The address can be opened by hand.', copy)) === copy) {
      await env.clipboard.writeText(address);
    }
  }
}
