// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

/** The version of the protocol these types are of; a client declares it in {@link McpClientCapabilities}. */
export const protocolVersion = '1.0';

/** An absolute address. */
export type URI = string;

/** What an editor can open, as LSP spells it. */
export type DocumentUri = string;

/** JSON that is carried untouched. */
export type LSPAny = string | number | boolean | null | readonly LSPAny[] | LSPObject;

/** A JSON object that is carried untouched. */
export interface LSPObject {
  readonly [member: string]: LSPAny;
}

/**
 * What an editor's client can do. It stands under `capabilities.experimental.mcp` of `initialize`. What is not
 * declared falls back to standard LSP.
 */
export interface McpClientCapabilities {
  /** The version of this protocol the client was written for, such as `1.0`. */
  readonly version: string;
  /** The client shows an Authenticate button on `mcp/authRequired`. */
  readonly authRequired?: boolean;
  /** The client tells the person how a sign-in ended on `mcp/authCompleted`. */
  readonly authCompleted?: boolean;
  /** The client shows the state of servers from `mcp/statusChanged`. */
  readonly statusChanged?: boolean;
  /** The client reads a list again on `mcp/catalogChanged`. */
  readonly catalogChanged?: boolean;
  /** The client shows the progress of its own calls from `mcp/progress`. */
  readonly progress?: boolean;
  /** The client shows `mcp/log` lines. */
  readonly log?: boolean;
  /** The client wants the other notifications of servers as `mcp/serverNotification`. */
  readonly serverNotification?: boolean;
  /** The client asks the person on `mcp/elicit`, in the modes it names. */
  readonly elicit?: ElicitCapability;
  /** The client answers `mcp/sample` with a language model's message. */
  readonly sample?: boolean;
  /** The client answers `mcp/externalUri`: it knows a way from its browser to this machine. */
  readonly externalUri?: boolean;
}

/** The modes of `mcp/elicit` a client can show. */
export interface ElicitCapability {
  /** The client shows a form made from a JSON Schema. */
  readonly form?: boolean;
  /** The client shows an address, asks, and opens it in the browser. */
  readonly url?: boolean;
}

/** What Drawbridge offers. It stands under `capabilities.experimental.mcp` of the answer to `initialize`. */
export interface McpServerCapabilities {
  /** The version of this protocol Drawbridge speaks. */
  readonly version: string;
  /** Every `mcp/*` request Drawbridge answers. A client asks for nothing else. */
  readonly methods: readonly string[];
}

/** All a client may know of one MCP server at one moment. */
export interface Server {
  /**
   * The server's name in its configuration file; unique in what one session sees, and what every other message
   * calls `server`.
   */
  readonly name: string;
  /** The file that brought the server. */
  readonly origin: ServerOrigin;
  /** How the server is reached. */
  readonly transport: Transport;
  /** The URL, or the command with its arguments, with secrets left out. To be shown, not to be parsed. */
  readonly target: string;
  /** What the server is doing. */
  readonly state: ServerState;
  /** Whether the sign-in is there, told apart from what the server is doing. */
  readonly authentication: Authentication;
  /** What the server says of itself, once it was connected. */
  readonly identity?: ServerIdentity;
  /** How many of each the server offers; zero until it is connected. */
  readonly counts: CatalogCounts;
  /** The tools the configuration leaves out. */
  readonly disabledTools: readonly string[];
}

/** What a server says of itself. It is a claim to be shown, never a reason to trust it. */
export interface ServerIdentity {
  /** The server's own name. */
  readonly name: string;
  /** The server's own version. */
  readonly version: string;
  /** A name for people. */
  readonly title?: string;
  /** The MCP revision in use with the server, such as `2025-11-25`. */
  readonly protocolVersion: string;
  /** How the server wants to be used. */
  readonly instructions?: string;
  /** The names of the MCP capabilities the server declared, such as `tools`. */
  readonly capabilities: readonly string[];
}

/** How many of each a server offers. */
export interface CatalogCounts {
  /** The number of tools, disabled ones left out. */
  readonly tools: number;
  /** The number of resources. */
  readonly resources: number;
  /** The number of resource templates. */
  readonly resourceTemplates: number;
  /** The number of prompts. */
  readonly prompts: number;
}

/** Why a sign-in is needed. */
export interface AuthReason {
  /** The cause. */
  readonly kind: AuthReasonKind;
  /** The scopes a sign-in would ask for, as far as they are known. */
  readonly scopes: readonly string[];
  /** Who needed the server, to be shown in the prompt, such as `codecompanion called github/create_issue`. */
  readonly requestedBy?: string;
}

/** One running sign-in. Everybody who asks for the same credential meanwhile joins it and gets the same one. */
export interface SignInFlow {
  /** Names the flow in later messages. It is no secret, and not the OAuth `state`. */
  readonly flowId: string;
  /** The name of the server the flow is for. */
  readonly server: string;
  /** What the browser opens: the authorization URL, or the verification page of a device flow. */
  readonly authorizationUrl: URI;
  /** When the flow gives up. */
  readonly expiresAt: Timestamp;
  /** What the person types at the page, in a device flow (RFC 8628). */
  readonly userCode?: string;
}

/** An expected failure, as a person is to be told of it. It is the `data` of every error of Drawbridge's own. */
export interface Failure {
  /**
   * Stable: `area.reason` in lower camel case, such as `oauth.issuerMismatch`. For programs to tell failures
   * apart.
   */
  readonly code: string;
  /** One sentence: what happened, and at which step. Never a secret. */
  readonly message: string;
  /** One thing the person can do about it, as a sentence. */
  readonly action: string;
  /** The address that failed, when there is one. */
  readonly url?: URI;
}

/**
 * The JSON-RPC error an MCP server answered with, untouched. It is the `data` of an error with the code
 * `serverError`.
 */
export interface ServerError {
  /** The server's code. */
  readonly code: number;
  /** The server's message. */
  readonly message: string;
  /** The server's data. */
  readonly data?: LSPAny;
}

/** One line of a server's log, or of Drawbridge's own. */
export interface LogEntry {
  /** When it was written. */
  readonly time: Timestamp;
  /** The server it is about; absent for lines about no server in particular. */
  readonly server?: string;
  /** How grave it is. */
  readonly level: LogLevel;
  /** The line, with secrets left out. */
  readonly message: string;
}

/** The answer of a request that gives nothing but the word that it was done. */
export type EmptyResult = { readonly [member: string]: unknown };

/** The parameters of a request about one server. */
export interface ServerParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
}

/** What an MCP server, or a client on behalf of one, answered. */
export interface McpResult {
  /** The `result` of the MCP answer, untouched. */
  readonly result: LSPAny;
}

/** The parameters of `mcp/listServers`: none so far. */
export type ListServersParams = { readonly [member: string]: unknown };

/** The answer to `mcp/listServers`. */
export interface ListServersResult {
  /** Every server of the session's view, in the order of the configuration. */
  readonly servers: readonly Server[];
}

/** The parameters of `mcp/authenticate`. */
export interface AuthenticateParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
  /** How the person signs in; `browser` when absent. */
  readonly method?: SignInMethod;
}

/** The parameters of `mcp/completeAuthentication`. */
export interface CompleteAuthenticationParams {
  /** The flow, from `mcp/authenticate`. */
  readonly flowId: string;
  /**
   * The address the browser was sent to, whole, as pasted or received. White space around it is ignored. Kept
   * out of logs.
   */
  readonly callbackUrl: string;
}

/** The parameters of `mcp/cancelAuthentication`. */
export interface CancelAuthenticationParams {
  /** The flow, from `mcp/authenticate`. */
  readonly flowId: string;
}

/** The parameters of `mcp/externalUri`. */
export interface ExternalUriParams {
  /** The server the person signs in to, as `mcp/listServers` names it. */
  readonly server: string;
  /** The callback listener's address on the machine Drawbridge runs on, with the port it listens on. */
  readonly uri: URI;
}

/** The answer to `mcp/externalUri`. */
export interface ExternalUriResult {
  /**
   * The same listener's address as the person's browser reaches it; the one that was asked about when that is
   * the same.
   */
  readonly uri: URI;
}

/** The answer to `mcp/signOut`. */
export interface SignOutResult {
  /** Whether the authorization server revoked the credential too (RFC 7009); it is forgotten here in any case. */
  readonly revoked: boolean;
}

/** The parameters of `mcp/setEnabled`. */
export interface SetEnabledParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
  /** True switches the server on, false off. */
  readonly enabled: boolean;
}

/** The parameters of `mcp/approve`. */
export interface ApproveParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
  /** The digest from the `untrusted` state, which names exactly the definition that was shown. */
  readonly definitionDigest: string;
}

/** The parameters of `mcp/addServer`. */
export interface AddServerParams {
  /** The name of the new entry. */
  readonly server: string;
  /** The entry, as it would stand in the configuration file. Kept out of logs. */
  readonly definition: LSPObject;
  /** The file it goes to. */
  readonly scope: ConfigScope;
}

/** The parameters of `mcp/storeSecret`. */
export interface StoreSecretParams {
  /** Which variable the value is for. */
  readonly kind: SecretKind;
  /** The name after the colon of the variable. */
  readonly name: string;
  /** The value; when absent, what was kept is forgotten. Kept out of logs. */
  readonly value?: string;
}

/** The answer to `mcp/listTools`. */
export interface ListToolsResult {
  /** All pages of the server's tools, MCP's own objects untouched; disabled tools are left out. */
  readonly tools: readonly LSPObject[];
}

/** The parameters of `mcp/callTool`. */
export interface CallToolParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
  /** The tool's name. */
  readonly name: string;
  /** The tool's arguments. */
  readonly arguments?: LSPObject;
  /** Chosen by the client; when present, the call's progress comes as `mcp/progress` with this token. */
  readonly progressToken?: string;
  /** The longest silence in milliseconds; progress starts it anew. The server's configured value when absent. */
  readonly timeoutMs?: number;
  /** Who caused the call, shown in a sign-in prompt it may lead to. */
  readonly requestedBy?: string;
}

/** The answer to `mcp/listResources`. */
export interface ListResourcesResult {
  /** All pages of the server's resources, MCP's own objects untouched. */
  readonly resources: readonly LSPObject[];
  /** All pages of the server's resource templates, MCP's own objects untouched. */
  readonly resourceTemplates: readonly LSPObject[];
}

/** The parameters of `mcp/readResource`. */
export interface ReadResourceParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
  /** The resource's URI, exactly as the server spells it. */
  readonly uri: string;
}

/** The answer to `mcp/listPrompts`. */
export interface ListPromptsResult {
  /** All pages of the server's prompts, MCP's own objects untouched. */
  readonly prompts: readonly LSPObject[];
}

/** The parameters of `mcp/getPrompt`. */
export interface GetPromptParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
  /** The prompt's name. */
  readonly name: string;
  /** The prompt's arguments by name. */
  readonly arguments?: { readonly [name: string]: string };
}

/** The parameters of `mcp/complete`. */
export interface CompleteParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
  /** What is completed: MCP's `ref/prompt` or `ref/resource` object. */
  readonly ref: LSPObject;
  /** The argument and what was typed so far: MCP's object with `name` and `value`. */
  readonly argument: LSPObject;
  /** MCP's `context` object: the arguments that are already there. */
  readonly context?: LSPObject;
}

/** The parameters of `mcp/request`. */
export interface RequestParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
  /** Any MCP method, such as `resources/subscribe`. */
  readonly method: string;
  /** Its parameters, passed on untouched. */
  readonly params?: LSPObject;
  /** Chosen by the client; when present, the call's progress comes as `mcp/progress` with this token. */
  readonly progressToken?: string;
  /** The longest silence in milliseconds; progress starts it anew. The server's configured value when absent. */
  readonly timeoutMs?: number;
  /** Who caused the call, shown in a sign-in prompt it may lead to. */
  readonly requestedBy?: string;
}

/** The parameters of `mcp/logs`. */
export interface LogsParams {
  /** One server's lines only; all lines when absent. */
  readonly server?: string;
  /** At most so many lines, the newest; 200 when absent. */
  readonly limit?: number;
}

/** The answer to `mcp/logs`. */
export interface LogsResult {
  /** The newest lines, oldest first. */
  readonly entries: readonly LogEntry[];
}

/** The answer to `mcp/accessToken`. */
export interface AccessTokenResult {
  /** A fresh access token, for the program that asked and nobody else. Kept out of logs. */
  readonly accessToken: string;
  /** When it expires, as far as the authorization server said. */
  readonly expiresAt?: Timestamp;
}

/** The parameters of `mcp/authRequired`. */
export interface AuthRequiredParams {
  /** The servers that began to need a sign-in, one or many. */
  readonly servers: readonly Server[];
}

/** The parameters of `mcp/statusChanged`. */
export interface StatusChangedParams {
  /** Every server of the session's view. What is not in it is gone. */
  readonly servers: readonly Server[];
}

/** The parameters of `mcp/catalogChanged`. */
export interface CatalogChangedParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
  /** The lists to be read again. */
  readonly kinds: readonly CatalogKind[];
}

/** The parameters of `mcp/authCompleted`. */
export interface AuthCompletedParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
  /** The flow that ended. */
  readonly flowId: string;
  /** How it ended. */
  readonly result: AuthResult;
}

/** The parameters of `mcp/progress`. */
export interface ProgressParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
  /** The token the call was made with. */
  readonly progressToken: string;
  /** How far it is; grows with every notification. */
  readonly progress: number;
  /** Where it ends, when the server knows. */
  readonly total?: number;
  /** What is being done. */
  readonly message?: string;
}

/** The parameters of `mcp/log`. */
export interface LogParams {
  /** The line. */
  readonly entry: LogEntry;
}

/** The parameters of `mcp/serverNotification`. */
export interface ServerNotificationParams {
  /** The server's name, as `mcp/listServers` gives it. */
  readonly server: string;
  /** The MCP notification's method, such as `notifications/resources/updated`. */
  readonly method: string;
  /** Its parameters, untouched. */
  readonly params?: LSPObject;
}

/** The parameters of `mcp/elicit`. */
export interface ElicitParams {
  /** The server that asks. Always to be shown, so that the person knows whom they answer. */
  readonly server: string;
  /** What it asks for. */
  readonly request: ElicitRequest;
}

/** The parameters of `mcp/sample`. */
export interface SampleParams {
  /** The server that asks. */
  readonly server: string;
  /** The parameters of MCP's `sampling/createMessage`, untouched. */
  readonly params: LSPObject;
}

/** The user's own file. Its servers are trusted. */
export interface ServerOriginUser {
  readonly kind: 'user';
  /** The file. */
  readonly file: DocumentUri;
}

/** A file that came with a workspace. Its servers wait for approval. */
export interface ServerOriginWorkspace {
  readonly kind: 'workspace';
  /** The file. */
  readonly file: DocumentUri;
  /** The workspace folder it belongs to. */
  readonly folder: DocumentUri;
}

/** Which file brought a server. The member `kind` tells which of these it is. */
export type ServerOrigin =
  | ServerOriginUser
  | ServerOriginWorkspace;

/** Switched off by the user. Nothing is tried. */
export interface ServerStateDisabled {
  readonly kind: 'disabled';
}

/** Brought by a workspace file and not approved yet. */
export interface ServerStateUntrusted {
  readonly kind: 'untrusted';
  /** Names exactly the definition that an approval would cover; to be handed to `mcp/approve`. */
  readonly definitionDigest: string;
}

/** Idle on the user's word. `mcp/connect` starts it. */
export interface ServerStateStopped {
  readonly kind: 'stopped';
}

/** A connection is being made. */
export interface ServerStateConnecting {
  readonly kind: 'connecting';
  /** Since when. */
  readonly since: Timestamp;
}

/** Nothing goes on until the user signs in. */
export interface ServerStateAuthRequired {
  readonly kind: 'authRequired';
  /** Why. */
  readonly reason: AuthReason;
}

/** A person is signing in. */
export interface ServerStateAuthenticating {
  readonly kind: 'authenticating';
  /** The running flow. */
  readonly flow: SignInFlow;
}

/** The server answers. */
export interface ServerStateConnected {
  readonly kind: 'connected';
  /** Since when. */
  readonly since: Timestamp;
}

/** A passing failure. The next attempt starts by itself. */
export interface ServerStateRetrying {
  readonly kind: 'retrying';
  /** What failed last. */
  readonly failure: Failure;
  /** How many attempts in a row failed. */
  readonly attempt: number;
  /** When the next one starts. */
  readonly nextAttempt: Timestamp;
}

/** A failure that only the user can mend. */
export interface ServerStateFailed {
  readonly kind: 'failed';
  /** What failed, and what to do. */
  readonly failure: Failure;
}

/** What a server is doing, as a person sees it. The member `kind` tells which of these it is. */
export type ServerState =
  | ServerStateDisabled
  | ServerStateUntrusted
  | ServerStateStopped
  | ServerStateConnecting
  | ServerStateAuthRequired
  | ServerStateAuthenticating
  | ServerStateConnected
  | ServerStateRetrying
  | ServerStateFailed;

/** The server asked for none so far, or has its own static credential. */
export interface AuthenticationNone {
  readonly kind: 'none';
}

/** The server wants a sign-in and there is none. */
export interface AuthenticationUnauthenticated {
  readonly kind: 'unauthenticated';
}

/** A person is signing in. */
export interface AuthenticationPending {
  readonly kind: 'pending';
  /** The running flow. */
  readonly flow: SignInFlow;
}

/** A credential is there. */
export interface AuthenticationAuthenticated {
  readonly kind: 'authenticated';
  /** The authorization server that issued it. */
  readonly issuer: URI;
  /** The account, by the label or name that is known. */
  readonly account?: string;
  /** The granted scopes. */
  readonly scopes: readonly string[];
  /** When the access token expires; it is refreshed by itself. */
  readonly expiresAt?: Timestamp;
}

/** Whether a server's sign-in is there. The member `kind` tells which of these it is. */
export type Authentication =
  | AuthenticationNone
  | AuthenticationUnauthenticated
  | AuthenticationPending
  | AuthenticationAuthenticated;

/** The tokens are stored. */
export interface AuthResultSucceeded {
  readonly kind: 'succeeded';
  /** The state from now on. */
  readonly authentication: Authentication;
}

/** It came to nothing. */
export interface AuthResultFailed {
  readonly kind: 'failed';
  /** Why, and what to do. */
  readonly failure: Failure;
}

/** Somebody cancelled it. */
export interface AuthResultCancelled {
  readonly kind: 'cancelled';
}

/** How a sign-in ended. The member `kind` tells which of these it is. */
export type AuthResult =
  | AuthResultSucceeded
  | AuthResultFailed
  | AuthResultCancelled;

/** Values, by a form. */
export interface ElicitRequestForm {
  readonly mode: 'form';
  /** What they are for. */
  readonly message: string;
  /** MCP's restricted JSON Schema of a flat object, untouched. */
  readonly requestedSchema: LSPObject;
}

/** A visit to an address, which no client opens before the person agreed. */
export interface ElicitRequestUrl {
  readonly mode: 'url';
  /** What it is for. */
  readonly message: string;
  /** The address, to be shown whole. */
  readonly url: URI;
  /** The server's name for it. */
  readonly elicitationId?: string;
}

/** What a server asks a person for (MCP's `elicitation/create`). The member `mode` tells which of these it is. */
export type ElicitRequest =
  | ElicitRequestForm
  | ElicitRequestUrl;

/** The person agreed. */
export interface ElicitResultAccept {
  readonly action: 'accept';
  /** The values of a form; absent for a URL. Kept out of logs. */
  readonly content?: LSPObject;
}

/** The person said no. */
export interface ElicitResultDecline {
  readonly action: 'decline';
}

/** The person closed the question without an answer. */
export interface ElicitResultCancel {
  readonly action: 'cancel';
}

/** What the person answered. The member `action` tells which of these it is. */
export type ElicitResult =
  | ElicitResultAccept
  | ElicitResultDecline
  | ElicitResultCancel;

/** How a server is reached. */
export type Transport =
  /** A child process on this machine. */
  | 'stdio'
  /** Streamable HTTP. */
  | 'http'
  /** HTTP with SSE, the transport of 2024-11-05. */
  | 'sse';

/** The causes of a sign-in. */
export type AuthReasonKind =
  /** No credential is stored. */
  | 'signInNeeded'
  /** The authorization server no longer accepts the refresh token, or there is none. */
  | 'expired'
  /** The server wants scopes that were not granted (RFC 6750 section 3.1). */
  | 'insufficientScope'
  /** The server named another authorization server than the one that issued the credential. */
  | 'issuerChanged';

/** The lists a server offers. */
export type CatalogKind =
  /** `tools/list` */
  | 'tools'
  /** `resources/list` */
  | 'resources'
  /** `resources/templates/list` */
  | 'resourceTemplates'
  /** `prompts/list` */
  | 'prompts';

/** The severities of RFC 5424, as MCP spells them. */
export type LogLevel =
  /** Details for finding faults. */
  | 'debug'
  /** What normally happens. */
  | 'info'
  /** Normal, but worth a look. */
  | 'notice'
  /** Something may be wrong. */
  | 'warning'
  /** Something failed. */
  | 'error'
  /** A component failed. */
  | 'critical'
  /** Somebody must act at once. */
  | 'alert'
  /** Nothing works. */
  | 'emergency';

/** How a person signs in. */
export type SignInMethod =
  /** Authorization code with PKCE and a browser. */
  | 'browser'
  /** Device code (RFC 8628): a code typed on any device. */
  | 'deviceCode';

/** Which variables a kept value is for. */
export type SecretKind =
  /** `${keyring:name}`. */
  | 'keyring'
  /** `${input:id}`. */
  | 'input';

/** Where a new server is written. */
export type ConfigScope =
  /** The user's own file. */
  | 'user'
  /** The first workspace folder's `.drawbridge/mcp.json`. */
  | 'workspace';

/**
 * The codes of errors, outside the ranges that JSON-RPC, LSP and MCP reserve. Next to them stand JSON-RPC's
 * own -32602 (parameters that do not fit this specification), -32601 (a method that is not known) and LSP's
 * -32800 (cancelled by `$/cancelRequest`).
 */
export const ErrorCodes = {
  /** No server of that name is in the session's view. */
  unknownServer: -31001,
  /** No sign-in of that id is running; it ended or expired. */
  unknownFlow: -31002,
  /** The server wants a sign-in first. `mcp/authenticate` starts one; after it the same call works. */
  signInRequired: -31003,
  /** The server is disabled, untrusted, stopped, being retried or failed. */
  serverUnavailable: -31004,
  /** The MCP server answered with an error of its own. */
  serverError: -31005,
  /** No answer came in time. */
  timedOut: -31006,
  /**
   * The configuration could not be changed: the definition is wrong, changed meanwhile or names something that
   * is there, or the file cannot be written.
   */
  configurationRefused: -31007,
  /** Anything else; the failure's own code says what. */
  operationFailed: -31008,
} as const;

/**
 * The codes of errors, outside the ranges that JSON-RPC, LSP and MCP reserve. Next to them stand JSON-RPC's
 * own -32602 (parameters that do not fit this specification), -32601 (a method that is not known) and LSP's
 * -32800 (cancelled by `$/cancelRequest`).
 */
export type ErrorCodes = (typeof ErrorCodes)[keyof typeof ErrorCodes];

/** A moment as RFC 3339 text in UTC, such as `2026-11-23T18:04:05Z`. */
export type Timestamp = string;

/** The methods of all messages. */
export const methods = {
  listServers: 'mcp/listServers',
  authenticate: 'mcp/authenticate',
  completeAuthentication: 'mcp/completeAuthentication',
  cancelAuthentication: 'mcp/cancelAuthentication',
  signOut: 'mcp/signOut',
  connect: 'mcp/connect',
  disconnect: 'mcp/disconnect',
  setEnabled: 'mcp/setEnabled',
  approve: 'mcp/approve',
  addServer: 'mcp/addServer',
  removeServer: 'mcp/removeServer',
  storeSecret: 'mcp/storeSecret',
  listTools: 'mcp/listTools',
  callTool: 'mcp/callTool',
  listResources: 'mcp/listResources',
  readResource: 'mcp/readResource',
  listPrompts: 'mcp/listPrompts',
  getPrompt: 'mcp/getPrompt',
  complete: 'mcp/complete',
  request: 'mcp/request',
  logs: 'mcp/logs',
  accessToken: 'mcp/accessToken',
  elicit: 'mcp/elicit',
  externalUri: 'mcp/externalUri',
  sample: 'mcp/sample',
  authRequired: 'mcp/authRequired',
  authCompleted: 'mcp/authCompleted',
  statusChanged: 'mcp/statusChanged',
  catalogChanged: 'mcp/catalogChanged',
  progress: 'mcp/progress',
  log: 'mcp/log',
  serverNotification: 'mcp/serverNotification',
} as const;

/** The requests a client sends, by their method. */
export interface ClientRequests {
  /** Gives every server of the session's view with its full state. Answered from memory. */
  'mcp/listServers': { params: ListServersParams; result: ListServersResult };
  /**
   * Starts a sign-in, or joins the one that runs. Sent only because a person clicked; nothing on Drawbridge's
   * side opens a browser. The client opens `authorizationUrl` and is told the end by `mcp/authCompleted`. A
   * client that declared `externalUri` may be asked that before it is answered.
   */
  'mcp/authenticate': { params: AuthenticateParams; result: SignInFlow };
  /**
   * Ends a sign-in with the address the browser was sent to, when the browser could not reach this machine (SSH,
   * WSL, a container). Answered after the tokens are stored.
   */
  'mcp/completeAuthentication': { params: CompleteAuthenticationParams; result: EmptyResult };
  /** Cancels a sign-in for everybody who joined it. */
  'mcp/cancelAuthentication': { params: CancelAuthenticationParams; result: EmptyResult };
  /** Forgets the server's credential, after revoking it where the authorization server offers that. */
  'mcp/signOut': { params: ServerParams; result: SignOutResult };
  /**
   * Starts or restarts the connection now, whatever the backoff says. What comes of it is told by
   * `mcp/statusChanged`.
   */
  'mcp/connect': { params: ServerParams; result: EmptyResult };
  /** Stops the connection until `mcp/connect`. */
  'mcp/disconnect': { params: ServerParams; result: EmptyResult };
  /** Switches a server on or off in the file it comes from. */
  'mcp/setEnabled': { params: SetEnabledParams; result: EmptyResult };
  /** Trusts exactly the definition the digest names. Refused when the file changed since it was shown. */
  'mcp/approve': { params: ApproveParams; result: EmptyResult };
  /** Adds an entry to a configuration file, keeping its comments. */
  'mcp/addServer': { params: AddServerParams; result: EmptyResult };
  /** Removes a server's entry from the file it comes from. */
  'mcp/removeServer': { params: ServerParams; result: EmptyResult };
  /**
   * Keeps the value of a `${keyring:name}` or the answer to an `${input:id}` in the token store, or forgets it.
   * Servers whose definitions wait for it are tried at once.
   */
  'mcp/storeSecret': { params: StoreSecretParams; result: EmptyResult };
  /** Gives the server's tools. */
  'mcp/listTools': { params: ServerParams; result: ListToolsResult };
  /** Calls a tool. The result is MCP's, also when it says `isError`. */
  'mcp/callTool': { params: CallToolParams; result: McpResult };
  /** Gives the server's resources and resource templates. */
  'mcp/listResources': { params: ServerParams; result: ListResourcesResult };
  /** Reads a resource. */
  'mcp/readResource': { params: ReadResourceParams; result: McpResult };
  /** Gives the server's prompts. */
  'mcp/listPrompts': { params: ServerParams; result: ListPromptsResult };
  /** Gives a prompt's messages. */
  'mcp/getPrompt': { params: GetPromptParams; result: McpResult };
  /** Completes an argument of a prompt or of a resource template. */
  'mcp/complete': { params: CompleteParams; result: McpResult };
  /** Sends any MCP request, untouched both ways: the door for what this protocol has no name for. */
  'mcp/request': { params: RequestParams; result: McpResult };
  /** Gives the newest log lines. */
  'mcp/logs': { params: LogsParams; result: LogsResult };
  /** Gives a fresh access token for scripts and other programs' header helpers. The refresh token never leaves. */
  'mcp/accessToken': { params: ServerParams; result: AccessTokenResult };
}

/** The requests Drawbridge sends, by their method. */
export interface ServerRequests {
  /**
   * A server asks the person something. The client shows which server asks. Sent only in a mode the client
   * declared. An answer may take as long as a person takes; Drawbridge bounds the wait and cancels with
   * `$/cancelRequest`.
   */
  'mcp/elicit': { params: ElicitParams; result: ElicitResult };
  /**
   * Asks a client whose browser may run on another machine (SSH, WSL, a container, an editor in a browser) under
   * which address that browser reaches Drawbridge's callback listener. Sent only to a client that declared
   * `externalUri`, while it waits for the answer to its own `mcp/authenticate`: the listener listens already, so
   * the port in `uri` is the one to make a way to. The client answers at once, without asking the person. VS
   * Code answers with `env.asExternalUri`. A client that receives addresses itself answers with one of its own,
   * and sends what arrives there by `mcp/completeAuthentication`. The answer becomes the redirect URI of the
   * registration, the authorization request and the token request; it must be `https`, or `http` on a loopback
   * host, without user information or fragment, or the sign-in fails with `oauth.redirectUriInvalid`. An error,
   * or no answer within ten seconds, means that `uri` itself is used. Not sent when the redirect URI is known to
   * the authorization server beforehand (`oauth.redirectUri`, `oauth.clientId` or a client ID metadata document
   * in the configuration), and not to a client that joins a sign-in that runs: it gets the same URL as the
   * others.
   */
  'mcp/externalUri': { params: ExternalUriParams; result: ExternalUriResult };
  /**
   * A server asks the client's language model for a message. The client decides whether the person is asked
   * first. An error refuses.
   */
  'mcp/sample': { params: SampleParams; result: McpResult };
}

/** The notifications Drawbridge sends, by their method. */
export interface ServerNotifications {
  /**
   * Servers began to need a sign-in. One message, however many servers; told once per need. The client shows one
   * prompt with an *Authenticate* button per server and sends `mcp/authenticate` when the person clicks, never
   * by itself.
   */
  'mcp/authRequired': { params: AuthRequiredParams };
  /** A sign-in ended. */
  'mcp/authCompleted': { params: AuthCompletedParams };
  /**
   * Something changed: the full list, never a difference. The first comes after `initialized`; changes that come
   * close together are told once.
   */
  'mcp/statusChanged': { params: StatusChangedParams };
  /** A server's lists changed. The client forgets what it read of them. */
  'mcp/catalogChanged': { params: CatalogChangedParams };
  /** How far a call with a `progressToken` is. */
  'mcp/progress': { params: ProgressParams };
  /** A log line, as it is written. */
  'mcp/log': { params: LogParams };
  /** Any other notification of a server, untouched. */
  'mcp/serverNotification': { params: ServerNotificationParams };
}
