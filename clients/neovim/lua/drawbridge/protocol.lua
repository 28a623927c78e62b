-- Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

---@alias drawbridge.LSPAny any
---@alias drawbridge.LSPObject table<string, any>

---What an editor's client can do. It stands under `capabilities.experimental.mcp` of `initialize`. What is not
---declared falls back to standard LSP.
---@class drawbridge.McpClientCapabilities
---@field version string The version of this protocol the client was written for, such as `1.0`.
---@field authRequired? boolean The client shows an Authenticate button on `mcp/authRequired`.
---@field authCompleted? boolean The client tells the person how a sign-in ended on `mcp/authCompleted`.
---@field statusChanged? boolean The client shows the state of servers from `mcp/statusChanged`.
---@field catalogChanged? boolean The client reads a list again on `mcp/catalogChanged`.
---@field progress? boolean The client shows the progress of its own calls from `mcp/progress`.
---@field log? boolean The client shows `mcp/log` lines.
---@field serverNotification? boolean The client wants the other notifications of servers as `mcp/serverNotification`.
---@field elicit? drawbridge.ElicitCapability The client asks the person on `mcp/elicit`, in the modes it names.
---@field sample? boolean The client answers `mcp/sample` with a language model's message.
---@field externalUri? boolean The client answers `mcp/externalUri`: it knows a way from its browser to this machine.

---The modes of `mcp/elicit` a client can show.
---@class drawbridge.ElicitCapability
---@field form? boolean The client shows a form made from a JSON Schema.
---@field url? boolean The client shows an address, asks, and opens it in the browser.

---What Drawbridge offers. It stands under `capabilities.experimental.mcp` of the answer to `initialize`.
---@class drawbridge.McpServerCapabilities
---@field version string The version of this protocol Drawbridge speaks.
---@field methods string[] Every `mcp/*` request Drawbridge answers. A client asks for nothing else.

---All a client may know of one MCP server at one moment.
---@class drawbridge.Server
---@field name string The server's name in its configuration file; unique in what one session sees, and what every other message calls `server`.
---@field origin drawbridge.ServerOrigin The file that brought the server.
---@field transport drawbridge.Transport How the server is reached.
---@field target string The URL, or the command with its arguments, with secrets left out. To be shown, not to be parsed.
---@field state drawbridge.ServerState What the server is doing.
---@field authentication drawbridge.Authentication Whether the sign-in is there, told apart from what the server is doing.
---@field identity? drawbridge.ServerIdentity What the server says of itself, once it was connected.
---@field counts drawbridge.CatalogCounts How many of each the server offers; zero until it is connected.
---@field disabledTools string[] The tools the configuration leaves out.

---What a server says of itself. It is a claim to be shown, never a reason to trust it.
---@class drawbridge.ServerIdentity
---@field name string The server's own name.
---@field version string The server's own version.
---@field title? string A name for people.
---@field protocolVersion string The MCP revision in use with the server, such as `2025-11-25`.
---@field instructions? string How the server wants to be used.
---@field capabilities string[] The names of the MCP capabilities the server declared, such as `tools`.

---How many of each a server offers.
---@class drawbridge.CatalogCounts
---@field tools integer The number of tools, disabled ones left out.
---@field resources integer The number of resources.
---@field resourceTemplates integer The number of resource templates.
---@field prompts integer The number of prompts.

---Why a sign-in is needed.
---@class drawbridge.AuthReason
---@field kind drawbridge.AuthReasonKind The cause.
---@field scopes string[] The scopes a sign-in would ask for, as far as they are known.
---@field requestedBy? string Who needed the server, to be shown in the prompt, such as `codecompanion called github/create_issue`.

---One running sign-in. Everybody who asks for the same credential meanwhile joins it and gets the same one.
---@class drawbridge.SignInFlow
---@field flowId string Names the flow in later messages. It is no secret, and not the OAuth `state`.
---@field server string The name of the server the flow is for.
---@field authorizationUrl string What the browser opens: the authorization URL, or the verification page of a device flow.
---@field expiresAt drawbridge.Timestamp When the flow gives up.
---@field userCode? string What the person types at the page, in a device flow (RFC 8628).

---An expected failure, as a person is to be told of it. It is the `data` of every error of Drawbridge's own.
---@class drawbridge.Failure
---@field code string Stable: `area.reason` in lower camel case, such as `oauth.issuerMismatch`. For programs to tell failures apart.
---@field message string One sentence: what happened, and at which step. Never a secret.
---@field action string One thing the person can do about it, as a sentence.
---@field url? string The address that failed, when there is one.

---The JSON-RPC error an MCP server answered with, untouched. It is the `data` of an error with the code
---`serverError`.
---@class drawbridge.ServerError
---@field code integer The server's code.
---@field message string The server's message.
---@field data? drawbridge.LSPAny The server's data.

---One line of a server's log, or of Drawbridge's own.
---@class drawbridge.LogEntry
---@field time drawbridge.Timestamp When it was written.
---@field server? string The server it is about; absent for lines about no server in particular.
---@field level drawbridge.LogLevel How grave it is.
---@field message string The line, with secrets left out.

---The answer of a request that gives nothing but the word that it was done.
---@class drawbridge.EmptyResult

---The parameters of a request about one server.
---@class drawbridge.ServerParams
---@field server string The server's name, as `mcp/listServers` gives it.

---What an MCP server, or a client on behalf of one, answered.
---@class drawbridge.McpResult
---@field result drawbridge.LSPAny The `result` of the MCP answer, untouched.

---The parameters of `mcp/listServers`: none so far.
---@class drawbridge.ListServersParams

---The answer to `mcp/listServers`.
---@class drawbridge.ListServersResult
---@field servers drawbridge.Server[] Every server of the session's view, in the order of the configuration.

---The parameters of `mcp/authenticate`.
---@class drawbridge.AuthenticateParams
---@field server string The server's name, as `mcp/listServers` gives it.
---@field method? drawbridge.SignInMethod How the person signs in; `browser` when absent.

---The parameters of `mcp/completeAuthentication`.
---@class drawbridge.CompleteAuthenticationParams
---@field flowId string The flow, from `mcp/authenticate`.
---@field callbackUrl string The address the browser was sent to, whole, as pasted or received. White space around it is ignored. Kept out of logs.

---The parameters of `mcp/cancelAuthentication`.
---@class drawbridge.CancelAuthenticationParams
---@field flowId string The flow, from `mcp/authenticate`.

---The parameters of `mcp/externalUri`.
---@class drawbridge.ExternalUriParams
---@field server string The server the person signs in to, as `mcp/listServers` names it.
---@field uri string The callback listener's address on the machine Drawbridge runs on, with the port it listens on.

---The answer to `mcp/externalUri`.
---@class drawbridge.ExternalUriResult
---@field uri string The same listener's address as the person's browser reaches it; the one that was asked about when that is the same.

---The answer to `mcp/signOut`.
---@class drawbridge.SignOutResult
---@field revoked boolean Whether the authorization server revoked the credential too (RFC 7009); it is forgotten here in any case.

---The parameters of `mcp/setEnabled`.
---@class drawbridge.SetEnabledParams
---@field server string The server's name, as `mcp/listServers` gives it.
---@field enabled boolean True switches the server on, false off.

---The parameters of `mcp/approve`.
---@class drawbridge.ApproveParams
---@field server string The server's name, as `mcp/listServers` gives it.
---@field definitionDigest string The digest from the `untrusted` state, which names exactly the definition that was shown.

---The parameters of `mcp/addServer`.
---@class drawbridge.AddServerParams
---@field server string The name of the new entry.
---@field definition drawbridge.LSPObject The entry, as it would stand in the configuration file. Kept out of logs.
---@field scope drawbridge.ConfigScope The file it goes to.

---The parameters of `mcp/storeSecret`.
---@class drawbridge.StoreSecretParams
---@field kind drawbridge.SecretKind Which variable the value is for.
---@field name string The name after the colon of the variable.
---@field value? string The value; when absent, what was kept is forgotten. Kept out of logs.

---The answer to `mcp/listTools`.
---@class drawbridge.ListToolsResult
---@field tools drawbridge.LSPObject[] All pages of the server's tools, MCP's own objects untouched; disabled tools are left out.

---The parameters of `mcp/callTool`.
---@class drawbridge.CallToolParams
---@field server string The server's name, as `mcp/listServers` gives it.
---@field name string The tool's name.
---@field arguments? drawbridge.LSPObject The tool's arguments.
---@field progressToken? string Chosen by the client; when present, the call's progress comes as `mcp/progress` with this token.
---@field timeoutMs? integer The longest silence in milliseconds; progress starts it anew. The server's configured value when absent.
---@field requestedBy? string Who caused the call, shown in a sign-in prompt it may lead to.

---The answer to `mcp/listResources`.
---@class drawbridge.ListResourcesResult
---@field resources drawbridge.LSPObject[] All pages of the server's resources, MCP's own objects untouched.
---@field resourceTemplates drawbridge.LSPObject[] All pages of the server's resource templates, MCP's own objects untouched.

---The parameters of `mcp/readResource`.
---@class drawbridge.ReadResourceParams
---@field server string The server's name, as `mcp/listServers` gives it.
---@field uri string The resource's URI, exactly as the server spells it.

---The answer to `mcp/listPrompts`.
---@class drawbridge.ListPromptsResult
---@field prompts drawbridge.LSPObject[] All pages of the server's prompts, MCP's own objects untouched.

---The parameters of `mcp/getPrompt`.
---@class drawbridge.GetPromptParams
---@field server string The server's name, as `mcp/listServers` gives it.
---@field name string The prompt's name.
---@field arguments? table<string, string> The prompt's arguments by name.

---The parameters of `mcp/complete`.
---@class drawbridge.CompleteParams
---@field server string The server's name, as `mcp/listServers` gives it.
---@field ref drawbridge.LSPObject What is completed: MCP's `ref/prompt` or `ref/resource` object.
---@field argument drawbridge.LSPObject The argument and what was typed so far: MCP's object with `name` and `value`.
---@field context? drawbridge.LSPObject MCP's `context` object: the arguments that are already there.

---The parameters of `mcp/request`.
---@class drawbridge.RequestParams
---@field server string The server's name, as `mcp/listServers` gives it.
---@field method string Any MCP method, such as `resources/subscribe`.
---@field params? drawbridge.LSPObject Its parameters, passed on untouched.
---@field progressToken? string Chosen by the client; when present, the call's progress comes as `mcp/progress` with this token.
---@field timeoutMs? integer The longest silence in milliseconds; progress starts it anew. The server's configured value when absent.
---@field requestedBy? string Who caused the call, shown in a sign-in prompt it may lead to.

---The parameters of `mcp/logs`.
---@class drawbridge.LogsParams
---@field server? string One server's lines only; all lines when absent.
---@field limit? integer At most so many lines, the newest; 200 when absent.

---The answer to `mcp/logs`.
---@class drawbridge.LogsResult
---@field entries drawbridge.LogEntry[] The newest lines, oldest first.

---The answer to `mcp/accessToken`.
---@class drawbridge.AccessTokenResult
---@field accessToken string A fresh access token, for the program that asked and nobody else. Kept out of logs.
---@field expiresAt? drawbridge.Timestamp When it expires, as far as the authorization server said.

---The parameters of `mcp/authRequired`.
---@class drawbridge.AuthRequiredParams
---@field servers drawbridge.Server[] The servers that began to need a sign-in, one or many.

---The parameters of `mcp/statusChanged`.
---@class drawbridge.StatusChangedParams
---@field servers drawbridge.Server[] Every server of the session's view. What is not in it is gone.

---The parameters of `mcp/catalogChanged`.
---@class drawbridge.CatalogChangedParams
---@field server string The server's name, as `mcp/listServers` gives it.
---@field kinds drawbridge.CatalogKind[] The lists to be read again.

---The parameters of `mcp/authCompleted`.
---@class drawbridge.AuthCompletedParams
---@field server string The server's name, as `mcp/listServers` gives it.
---@field flowId string The flow that ended.
---@field result drawbridge.AuthResult How it ended.

---The parameters of `mcp/progress`.
---@class drawbridge.ProgressParams
---@field server string The server's name, as `mcp/listServers` gives it.
---@field progressToken string The token the call was made with.
---@field progress number How far it is; grows with every notification.
---@field total? number Where it ends, when the server knows.
---@field message? string What is being done.

---The parameters of `mcp/log`.
---@class drawbridge.LogParams
---@field entry drawbridge.LogEntry The line.

---The parameters of `mcp/serverNotification`.
---@class drawbridge.ServerNotificationParams
---@field server string The server's name, as `mcp/listServers` gives it.
---@field method string The MCP notification's method, such as `notifications/resources/updated`.
---@field params? drawbridge.LSPObject Its parameters, untouched.

---The parameters of `mcp/elicit`.
---@class drawbridge.ElicitParams
---@field server string The server that asks. Always to be shown, so that the person knows whom they answer.
---@field request drawbridge.ElicitRequest What it asks for.

---The parameters of `mcp/sample`.
---@class drawbridge.SampleParams
---@field server string The server that asks.
---@field params drawbridge.LSPObject The parameters of MCP's `sampling/createMessage`, untouched.

---The user's own file. Its servers are trusted.
---@class drawbridge.ServerOrigin.user
---@field kind 'user'
---@field file string The file.

---A file that came with a workspace. Its servers wait for approval.
---@class drawbridge.ServerOrigin.workspace
---@field kind 'workspace'
---@field file string The file.
---@field folder string The workspace folder it belongs to.

---Which file brought a server.
---@alias drawbridge.ServerOrigin
---| drawbridge.ServerOrigin.user
---| drawbridge.ServerOrigin.workspace

---Switched off by the user. Nothing is tried.
---@class drawbridge.ServerState.disabled
---@field kind 'disabled'

---Brought by a workspace file and not approved yet.
---@class drawbridge.ServerState.untrusted
---@field kind 'untrusted'
---@field definitionDigest string Names exactly the definition that an approval would cover; to be handed to `mcp/approve`.

---Idle on the user's word. `mcp/connect` starts it.
---@class drawbridge.ServerState.stopped
---@field kind 'stopped'

---A connection is being made.
---@class drawbridge.ServerState.connecting
---@field kind 'connecting'
---@field since drawbridge.Timestamp Since when.

---Nothing goes on until the user signs in.
---@class drawbridge.ServerState.authRequired
---@field kind 'authRequired'
---@field reason drawbridge.AuthReason Why.

---A person is signing in.
---@class drawbridge.ServerState.authenticating
---@field kind 'authenticating'
---@field flow drawbridge.SignInFlow The running flow.

---The server answers.
---@class drawbridge.ServerState.connected
---@field kind 'connected'
---@field since drawbridge.Timestamp Since when.

---A passing failure. The next attempt starts by itself.
---@class drawbridge.ServerState.retrying
---@field kind 'retrying'
---@field failure drawbridge.Failure What failed last.
---@field attempt integer How many attempts in a row failed.
---@field nextAttempt drawbridge.Timestamp When the next one starts.

---A failure that only the user can mend.
---@class drawbridge.ServerState.failed
---@field kind 'failed'
---@field failure drawbridge.Failure What failed, and what to do.

---What a server is doing, as a person sees it.
---@alias drawbridge.ServerState
---| drawbridge.ServerState.disabled
---| drawbridge.ServerState.untrusted
---| drawbridge.ServerState.stopped
---| drawbridge.ServerState.connecting
---| drawbridge.ServerState.authRequired
---| drawbridge.ServerState.authenticating
---| drawbridge.ServerState.connected
---| drawbridge.ServerState.retrying
---| drawbridge.ServerState.failed

---The server asked for none so far, or has its own static credential.
---@class drawbridge.Authentication.none
---@field kind 'none'

---The server wants a sign-in and there is none.
---@class drawbridge.Authentication.unauthenticated
---@field kind 'unauthenticated'

---A person is signing in.
---@class drawbridge.Authentication.pending
---@field kind 'pending'
---@field flow drawbridge.SignInFlow The running flow.

---A credential is there.
---@class drawbridge.Authentication.authenticated
---@field kind 'authenticated'
---@field issuer string The authorization server that issued it.
---@field account? string The account, by the label or name that is known.
---@field scopes string[] The granted scopes.
---@field expiresAt? drawbridge.Timestamp When the access token expires; it is refreshed by itself.

---Whether a server's sign-in is there.
---@alias drawbridge.Authentication
---| drawbridge.Authentication.none
---| drawbridge.Authentication.unauthenticated
---| drawbridge.Authentication.pending
---| drawbridge.Authentication.authenticated

---The tokens are stored.
---@class drawbridge.AuthResult.succeeded
---@field kind 'succeeded'
---@field authentication drawbridge.Authentication The state from now on.

---It came to nothing.
---@class drawbridge.AuthResult.failed
---@field kind 'failed'
---@field failure drawbridge.Failure Why, and what to do.

---Somebody cancelled it.
---@class drawbridge.AuthResult.cancelled
---@field kind 'cancelled'

---How a sign-in ended.
---@alias drawbridge.AuthResult
---| drawbridge.AuthResult.succeeded
---| drawbridge.AuthResult.failed
---| drawbridge.AuthResult.cancelled

---Values, by a form.
---@class drawbridge.ElicitRequest.form
---@field mode 'form'
---@field message string What they are for.
---@field requestedSchema drawbridge.LSPObject MCP's restricted JSON Schema of a flat object, untouched.

---A visit to an address, which no client opens before the person agreed.
---@class drawbridge.ElicitRequest.url
---@field mode 'url'
---@field message string What it is for.
---@field url string The address, to be shown whole.
---@field elicitationId? string The server's name for it.

---What a server asks a person for (MCP's `elicitation/create`).
---@alias drawbridge.ElicitRequest
---| drawbridge.ElicitRequest.form
---| drawbridge.ElicitRequest.url

---The person agreed.
---@class drawbridge.ElicitResult.accept
---@field action 'accept'
---@field content? drawbridge.LSPObject The values of a form; absent for a URL. Kept out of logs.

---The person said no.
---@class drawbridge.ElicitResult.decline
---@field action 'decline'

---The person closed the question without an answer.
---@class drawbridge.ElicitResult.cancel
---@field action 'cancel'

---What the person answered.
---@alias drawbridge.ElicitResult
---| drawbridge.ElicitResult.accept
---| drawbridge.ElicitResult.decline
---| drawbridge.ElicitResult.cancel

---How a server is reached.
---@alias drawbridge.Transport
---| 'stdio' # A child process on this machine.
---| 'http' # Streamable HTTP.
---| 'sse' # HTTP with SSE, the transport of 2024-11-05.

---The causes of a sign-in.
---@alias drawbridge.AuthReasonKind
---| 'signInNeeded' # No credential is stored.
---| 'expired' # The authorization server no longer accepts the refresh token, or there is none.
---| 'insufficientScope' # The server wants scopes that were not granted (RFC 6750 section 3.1).
---| 'issuerChanged' # The server named another authorization server than the one that issued the credential.

---The lists a server offers.
---@alias drawbridge.CatalogKind
---| 'tools' # `tools/list`
---| 'resources' # `resources/list`
---| 'resourceTemplates' # `resources/templates/list`
---| 'prompts' # `prompts/list`

---The severities of RFC 5424, as MCP spells them.
---@alias drawbridge.LogLevel
---| 'debug' # Details for finding faults.
---| 'info' # What normally happens.
---| 'notice' # Normal, but worth a look.
---| 'warning' # Something may be wrong.
---| 'error' # Something failed.
---| 'critical' # A component failed.
---| 'alert' # Somebody must act at once.
---| 'emergency' # Nothing works.

---How a person signs in.
---@alias drawbridge.SignInMethod
---| 'browser' # Authorization code with PKCE and a browser.
---| 'deviceCode' # Device code (RFC 8628): a code typed on any device.

---Which variables a kept value is for.
---@alias drawbridge.SecretKind
---| 'keyring' # `${keyring:name}`.
---| 'input' # `${input:id}`.

---Where a new server is written.
---@alias drawbridge.ConfigScope
---| 'user' # The user's own file.
---| 'workspace' # The first workspace folder's `.drawbridge/mcp.json`.

---The codes of errors, outside the ranges that JSON-RPC, LSP and MCP reserve. Next to them stand JSON-RPC's own
----32602 (parameters that do not fit this specification), -32601 (a method that is not known) and LSP's -32800
---(cancelled by `$/cancelRequest`).
---@alias drawbridge.ErrorCodes
---| -31001 # No server of that name is in the session's view.
---| -31002 # No sign-in of that id is running; it ended or expired.
---| -31003 # The server wants a sign-in first. `mcp/authenticate` starts one; after it the same call works.
---| -31004 # The server is disabled, untrusted, stopped, being retried or failed.
---| -31005 # The MCP server answered with an error of its own.
---| -31006 # No answer came in time.
---| -31007 # The configuration could not be changed: the definition is wrong, changed meanwhile or names something that is there, or the file cannot be written.
---| -31008 # Anything else; the failure's own code says what.

---A moment as RFC 3339 text in UTC, such as `2026-11-23T18:04:05Z`.
---@alias drawbridge.Timestamp string

local M = {}

---The version of the protocol that this file is of.
M.version = '1.0'

---Every message: who sends it, and the types of its parameters and of a request's result.
---@type table<string, { direction: 'clientToServer'|'serverToClient', params: string, result?: string }>
M.methods = {
  ['mcp/listServers'] = { direction = 'clientToServer', params = 'ListServersParams', result = 'ListServersResult' },
  ['mcp/authenticate'] = { direction = 'clientToServer', params = 'AuthenticateParams', result = 'SignInFlow' },
  ['mcp/completeAuthentication'] = { direction = 'clientToServer', params = 'CompleteAuthenticationParams', result = 'EmptyResult' },
  ['mcp/cancelAuthentication'] = { direction = 'clientToServer', params = 'CancelAuthenticationParams', result = 'EmptyResult' },
  ['mcp/signOut'] = { direction = 'clientToServer', params = 'ServerParams', result = 'SignOutResult' },
  ['mcp/connect'] = { direction = 'clientToServer', params = 'ServerParams', result = 'EmptyResult' },
  ['mcp/disconnect'] = { direction = 'clientToServer', params = 'ServerParams', result = 'EmptyResult' },
  ['mcp/setEnabled'] = { direction = 'clientToServer', params = 'SetEnabledParams', result = 'EmptyResult' },
  ['mcp/approve'] = { direction = 'clientToServer', params = 'ApproveParams', result = 'EmptyResult' },
  ['mcp/addServer'] = { direction = 'clientToServer', params = 'AddServerParams', result = 'EmptyResult' },
  ['mcp/removeServer'] = { direction = 'clientToServer', params = 'ServerParams', result = 'EmptyResult' },
  ['mcp/storeSecret'] = { direction = 'clientToServer', params = 'StoreSecretParams', result = 'EmptyResult' },
  ['mcp/listTools'] = { direction = 'clientToServer', params = 'ServerParams', result = 'ListToolsResult' },
  ['mcp/callTool'] = { direction = 'clientToServer', params = 'CallToolParams', result = 'McpResult' },
  ['mcp/listResources'] = { direction = 'clientToServer', params = 'ServerParams', result = 'ListResourcesResult' },
  ['mcp/readResource'] = { direction = 'clientToServer', params = 'ReadResourceParams', result = 'McpResult' },
  ['mcp/listPrompts'] = { direction = 'clientToServer', params = 'ServerParams', result = 'ListPromptsResult' },
  ['mcp/getPrompt'] = { direction = 'clientToServer', params = 'GetPromptParams', result = 'McpResult' },
  ['mcp/complete'] = { direction = 'clientToServer', params = 'CompleteParams', result = 'McpResult' },
  ['mcp/request'] = { direction = 'clientToServer', params = 'RequestParams', result = 'McpResult' },
  ['mcp/logs'] = { direction = 'clientToServer', params = 'LogsParams', result = 'LogsResult' },
  ['mcp/accessToken'] = { direction = 'clientToServer', params = 'ServerParams', result = 'AccessTokenResult' },
  ['mcp/elicit'] = { direction = 'serverToClient', params = 'ElicitParams', result = 'ElicitResult' },
  ['mcp/externalUri'] = { direction = 'serverToClient', params = 'ExternalUriParams', result = 'ExternalUriResult' },
  ['mcp/sample'] = { direction = 'serverToClient', params = 'SampleParams', result = 'McpResult' },
  ['mcp/authRequired'] = { direction = 'serverToClient', params = 'AuthRequiredParams' },
  ['mcp/authCompleted'] = { direction = 'serverToClient', params = 'AuthCompletedParams' },
  ['mcp/statusChanged'] = { direction = 'serverToClient', params = 'StatusChangedParams' },
  ['mcp/catalogChanged'] = { direction = 'serverToClient', params = 'CatalogChangedParams' },
  ['mcp/progress'] = { direction = 'serverToClient', params = 'ProgressParams' },
  ['mcp/log'] = { direction = 'serverToClient', params = 'LogParams' },
  ['mcp/serverNotification'] = { direction = 'serverToClient', params = 'ServerNotificationParams' },
}

---The codes of errors, outside the ranges that JSON-RPC, LSP and MCP reserve. Next to them stand JSON-RPC's own
----32602 (parameters that do not fit this specification), -32601 (a method that is not known) and LSP's -32800
---(cancelled by `$/cancelRequest`).
M.errorCodes = {
  unknownServer = -31001,
  unknownFlow = -31002,
  signInRequired = -31003,
  serverUnavailable = -31004,
  serverError = -31005,
  timedOut = -31006,
  configurationRefused = -31007,
  operationFailed = -31008,
}

---The shape of each type. A member's type ends in `[]` in a list, in `{}` in an object with free names, and
---in `?` when it may be absent; `tag` names the member that tells the cases of a union apart.
M.types = {
  McpClientCapabilities = { members = {
    version = 'string',
    authRequired = 'boolean?',
    authCompleted = 'boolean?',
    statusChanged = 'boolean?',
    catalogChanged = 'boolean?',
    progress = 'boolean?',
    log = 'boolean?',
    serverNotification = 'boolean?',
    elicit = 'ElicitCapability?',
    sample = 'boolean?',
    externalUri = 'boolean?',
  } },
  ElicitCapability = { members = {
    form = 'boolean?',
    url = 'boolean?',
  } },
  McpServerCapabilities = { members = {
    version = 'string',
    methods = 'string[]',
  } },
  Server = { members = {
    name = 'string',
    origin = 'ServerOrigin',
    transport = 'Transport',
    target = 'string',
    state = 'ServerState',
    authentication = 'Authentication',
    identity = 'ServerIdentity?',
    counts = 'CatalogCounts',
    disabledTools = 'string[]',
  } },
  ServerIdentity = { members = {
    name = 'string',
    version = 'string',
    title = 'string?',
    protocolVersion = 'string',
    instructions = 'string?',
    capabilities = 'string[]',
  } },
  CatalogCounts = { members = {
    tools = 'uinteger',
    resources = 'uinteger',
    resourceTemplates = 'uinteger',
    prompts = 'uinteger',
  } },
  AuthReason = { members = {
    kind = 'AuthReasonKind',
    scopes = 'string[]',
    requestedBy = 'string?',
  } },
  SignInFlow = { members = {
    flowId = 'string',
    server = 'string',
    authorizationUrl = 'URI',
    expiresAt = 'Timestamp',
    userCode = 'string?',
  } },
  Failure = { members = {
    code = 'string',
    message = 'string',
    action = 'string',
    url = 'URI?',
  } },
  ServerError = { members = {
    code = 'integer',
    message = 'string',
    data = 'LSPAny?',
  } },
  LogEntry = { members = {
    time = 'Timestamp',
    server = 'string?',
    level = 'LogLevel',
    message = 'string',
  } },
  EmptyResult = { members = {} },
  ServerParams = { members = {
    server = 'string',
  } },
  McpResult = { members = {
    result = 'LSPAny',
  } },
  ListServersParams = { members = {} },
  ListServersResult = { members = {
    servers = 'Server[]',
  } },
  AuthenticateParams = { members = {
    server = 'string',
    method = 'SignInMethod?',
  } },
  CompleteAuthenticationParams = { members = {
    flowId = 'string',
    callbackUrl = 'string',
  } },
  CancelAuthenticationParams = { members = {
    flowId = 'string',
  } },
  ExternalUriParams = { members = {
    server = 'string',
    uri = 'URI',
  } },
  ExternalUriResult = { members = {
    uri = 'URI',
  } },
  SignOutResult = { members = {
    revoked = 'boolean',
  } },
  SetEnabledParams = { members = {
    server = 'string',
    enabled = 'boolean',
  } },
  ApproveParams = { members = {
    server = 'string',
    definitionDigest = 'string',
  } },
  AddServerParams = { members = {
    server = 'string',
    definition = 'LSPObject',
    scope = 'ConfigScope',
  } },
  StoreSecretParams = { members = {
    kind = 'SecretKind',
    name = 'string',
    value = 'string?',
  } },
  ListToolsResult = { members = {
    tools = 'LSPObject[]',
  } },
  CallToolParams = { members = {
    server = 'string',
    name = 'string',
    arguments = 'LSPObject?',
    progressToken = 'string?',
    timeoutMs = 'uinteger?',
    requestedBy = 'string?',
  } },
  ListResourcesResult = { members = {
    resources = 'LSPObject[]',
    resourceTemplates = 'LSPObject[]',
  } },
  ReadResourceParams = { members = {
    server = 'string',
    uri = 'string',
  } },
  ListPromptsResult = { members = {
    prompts = 'LSPObject[]',
  } },
  GetPromptParams = { members = {
    server = 'string',
    name = 'string',
    arguments = 'string{}?',
  } },
  CompleteParams = { members = {
    server = 'string',
    ref = 'LSPObject',
    argument = 'LSPObject',
    context = 'LSPObject?',
  } },
  RequestParams = { members = {
    server = 'string',
    method = 'string',
    params = 'LSPObject?',
    progressToken = 'string?',
    timeoutMs = 'uinteger?',
    requestedBy = 'string?',
  } },
  LogsParams = { members = {
    server = 'string?',
    limit = 'uinteger?',
  } },
  LogsResult = { members = {
    entries = 'LogEntry[]',
  } },
  AccessTokenResult = { members = {
    accessToken = 'string',
    expiresAt = 'Timestamp?',
  } },
  AuthRequiredParams = { members = {
    servers = 'Server[]',
  } },
  StatusChangedParams = { members = {
    servers = 'Server[]',
  } },
  CatalogChangedParams = { members = {
    server = 'string',
    kinds = 'CatalogKind[]',
  } },
  AuthCompletedParams = { members = {
    server = 'string',
    flowId = 'string',
    result = 'AuthResult',
  } },
  ProgressParams = { members = {
    server = 'string',
    progressToken = 'string',
    progress = 'decimal',
    total = 'decimal?',
    message = 'string?',
  } },
  LogParams = { members = {
    entry = 'LogEntry',
  } },
  ServerNotificationParams = { members = {
    server = 'string',
    method = 'string',
    params = 'LSPObject?',
  } },
  ElicitParams = { members = {
    server = 'string',
    request = 'ElicitRequest',
  } },
  SampleParams = { members = {
    server = 'string',
    params = 'LSPObject',
  } },
  ServerOrigin = {
    tag = 'kind',
    cases = {
      user = {
        file = 'DocumentUri',
      },
      workspace = {
        file = 'DocumentUri',
        folder = 'DocumentUri',
      },
    },
  },
  ServerState = {
    tag = 'kind',
    cases = {
      disabled = {},
      untrusted = {
        definitionDigest = 'string',
      },
      stopped = {},
      connecting = {
        since = 'Timestamp',
      },
      authRequired = {
        reason = 'AuthReason',
      },
      authenticating = {
        flow = 'SignInFlow',
      },
      connected = {
        since = 'Timestamp',
      },
      retrying = {
        failure = 'Failure',
        attempt = 'uinteger',
        nextAttempt = 'Timestamp',
      },
      failed = {
        failure = 'Failure',
      },
    },
  },
  Authentication = {
    tag = 'kind',
    cases = {
      none = {},
      unauthenticated = {},
      pending = {
        flow = 'SignInFlow',
      },
      authenticated = {
        issuer = 'URI',
        account = 'string?',
        scopes = 'string[]',
        expiresAt = 'Timestamp?',
      },
    },
  },
  AuthResult = {
    tag = 'kind',
    cases = {
      succeeded = {
        authentication = 'Authentication',
      },
      failed = {
        failure = 'Failure',
      },
      cancelled = {},
    },
  },
  ElicitRequest = {
    tag = 'mode',
    cases = {
      form = {
        message = 'string',
        requestedSchema = 'LSPObject',
      },
      url = {
        message = 'string',
        url = 'URI',
        elicitationId = 'string?',
      },
    },
  },
  ElicitResult = {
    tag = 'action',
    cases = {
      accept = {
        content = 'LSPObject?',
      },
      decline = {},
      cancel = {},
    },
  },
  Transport = { values = { 'stdio', 'http', 'sse' } },
  AuthReasonKind = { values = { 'signInNeeded', 'expired', 'insufficientScope', 'issuerChanged' } },
  CatalogKind = { values = { 'tools', 'resources', 'resourceTemplates', 'prompts' } },
  LogLevel = { values = { 'debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency' } },
  SignInMethod = { values = { 'browser', 'deviceCode' } },
  SecretKind = { values = { 'keyring', 'input' } },
  ConfigScope = { values = { 'user', 'workspace' } },
  ErrorCodes = { values = { -31001, -31002, -31003, -31004, -31005, -31006, -31007, -31008 } },
  Timestamp = { format = 'date-time' },
}

return M
