// `mcp/externalUri`: the way from the person's browser to the callback listener, by VS Code's own port forwarding.
import { env, Uri } from 'vscode';
import type { Drawbridge } from '../drawbridge';
import { externalOf } from './rules';

export class ExternalUri {
  constructor(drawbridge: Drawbridge) {
    drawbridge.declare({ externalUri: true });
    drawbridge.onRequest('mcp/externalUri', async ({ uri }) => ({ uri: externalOf(uri, (await env.asExternalUri(Uri.parse(uri))).toString(true)) }));
  }
}
