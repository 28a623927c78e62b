// `mcp/elicit`: what a server asks the person, always with the server's name, and never in the way of what is being typed.
import { window, type CancellationToken } from 'vscode';
import type { Drawbridge } from '../drawbridge';
import type { ElicitParams, ElicitResult } from '../generated/protocol';
import { unlinked } from '../problem';
import { openInBrowser } from '../signIn/browser';
import { askForm } from './form';

export class Elicitation {
  constructor(drawbridge: Drawbridge) {
    drawbridge.declare({ elicit: { form: true, url: true } });
    drawbridge.onRequest('mcp/elicit', (params, token) => this.ask(params, token));
  }

  private async ask({ server, request }: ElicitParams, token: CancellationToken): Promise<ElicitResult> {
    const agree = request.mode === 'url' ? 'Open' : 'Answer';
    const decline = 'Decline';
    const what = request.mode === 'url' ? `${request.message} It wants you to visit ${request.url}` : request.message;
    const choice = await window.showInformationMessage(unlinked(`The MCP server ${server} asks: ${what}`), agree, decline);
    if (choice !== agree || token.isCancellationRequested) {
      return { action: choice === decline ? 'decline' : 'cancel' };
    }
    if (request.mode === 'url') {
      await openInBrowser(request.url);
      return { action: 'accept' };
    }
    const content = await askForm(server, request.message, request.requestedSchema, token);
    return content ? { action: 'accept', content } : { action: 'cancel' };
  }
}
