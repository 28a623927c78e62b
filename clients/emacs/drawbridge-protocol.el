;;; drawbridge-protocol.el --- The messages of the Drawbridge protocol  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write
;;
;; `drawbridge-types' has the macros that check code by these constants.

;;; Code:

(defconst drawbridge-protocol-version "1.0"
  "The version of the protocol that this file is of.")

(defconst drawbridge-protocol-methods
  '((mcp/listServers client ListServersParams ListServersResult)
    (mcp/authenticate client AuthenticateParams SignInFlow)
    (mcp/completeAuthentication client CompleteAuthenticationParams EmptyResult)
    (mcp/cancelAuthentication client CancelAuthenticationParams EmptyResult)
    (mcp/signOut client ServerParams SignOutResult)
    (mcp/connect client ServerParams EmptyResult)
    (mcp/disconnect client ServerParams EmptyResult)
    (mcp/setEnabled client SetEnabledParams EmptyResult)
    (mcp/approve client ApproveParams EmptyResult)
    (mcp/addServer client AddServerParams EmptyResult)
    (mcp/removeServer client ServerParams EmptyResult)
    (mcp/storeSecret client StoreSecretParams EmptyResult)
    (mcp/listTools client ServerParams ListToolsResult)
    (mcp/callTool client CallToolParams McpResult)
    (mcp/listResources client ServerParams ListResourcesResult)
    (mcp/readResource client ReadResourceParams McpResult)
    (mcp/listPrompts client ServerParams ListPromptsResult)
    (mcp/getPrompt client GetPromptParams McpResult)
    (mcp/complete client CompleteParams McpResult)
    (mcp/request client RequestParams McpResult)
    (mcp/logs client LogsParams LogsResult)
    (mcp/accessToken client ServerParams AccessTokenResult)
    (mcp/elicit server ElicitParams ElicitResult)
    (mcp/externalUri server ExternalUriParams ExternalUriResult)
    (mcp/sample server SampleParams McpResult)
    (mcp/authRequired server AuthRequiredParams)
    (mcp/authCompleted server AuthCompletedParams)
    (mcp/statusChanged server StatusChangedParams)
    (mcp/catalogChanged server CatalogChangedParams)
    (mcp/progress server ProgressParams)
    (mcp/log server LogParams)
    (mcp/serverNotification server ServerNotificationParams))
  "Every message: method, direction, type of the parameters, type of the result.")

(defconst drawbridge-protocol-types
  '((McpClientCapabilities object
     (:version string)
     (:authRequired boolean optional)
     (:authCompleted boolean optional)
     (:statusChanged boolean optional)
     (:catalogChanged boolean optional)
     (:progress boolean optional)
     (:log boolean optional)
     (:serverNotification boolean optional)
     (:elicit ElicitCapability optional)
     (:sample boolean optional)
     (:externalUri boolean optional))
    (ElicitCapability object
     (:form boolean optional)
     (:url boolean optional))
    (McpServerCapabilities object
     (:version string)
     (:methods (list string)))
    (Server object
     (:name string)
     (:origin ServerOrigin)
     (:transport Transport)
     (:target string)
     (:state ServerState)
     (:authentication Authentication)
     (:identity ServerIdentity optional)
     (:counts CatalogCounts)
     (:disabledTools (list string)))
    (ServerIdentity object
     (:name string)
     (:version string)
     (:title string optional)
     (:protocolVersion string)
     (:instructions string optional)
     (:capabilities (list string)))
    (CatalogCounts object
     (:tools uinteger)
     (:resources uinteger)
     (:resourceTemplates uinteger)
     (:prompts uinteger))
    (AuthReason object
     (:kind AuthReasonKind)
     (:scopes (list string))
     (:requestedBy string optional))
    (SignInFlow object
     (:flowId string)
     (:server string)
     (:authorizationUrl URI)
     (:expiresAt Timestamp)
     (:userCode string optional))
    (Failure object
     (:code string)
     (:message string)
     (:action string)
     (:url URI optional))
    (ServerError object
     (:code integer)
     (:message string)
     (:data LSPAny optional))
    (LogEntry object
     (:time Timestamp)
     (:server string optional)
     (:level LogLevel)
     (:message string))
    (EmptyResult object)
    (ServerParams object
     (:server string))
    (McpResult object
     (:result LSPAny))
    (ListServersParams object)
    (ListServersResult object
     (:servers (list Server)))
    (AuthenticateParams object
     (:server string)
     (:method SignInMethod optional))
    (CompleteAuthenticationParams object
     (:flowId string)
     (:callbackUrl string))
    (CancelAuthenticationParams object
     (:flowId string))
    (ExternalUriParams object
     (:server string)
     (:uri URI))
    (ExternalUriResult object
     (:uri URI))
    (SignOutResult object
     (:revoked boolean))
    (SetEnabledParams object
     (:server string)
     (:enabled boolean))
    (ApproveParams object
     (:server string)
     (:definitionDigest string))
    (AddServerParams object
     (:server string)
     (:definition LSPObject)
     (:scope ConfigScope))
    (StoreSecretParams object
     (:kind SecretKind)
     (:name string)
     (:value string optional))
    (ListToolsResult object
     (:tools (list LSPObject)))
    (CallToolParams object
     (:server string)
     (:name string)
     (:arguments LSPObject optional)
     (:progressToken string optional)
     (:timeoutMs uinteger optional)
     (:requestedBy string optional))
    (ListResourcesResult object
     (:resources (list LSPObject))
     (:resourceTemplates (list LSPObject)))
    (ReadResourceParams object
     (:server string)
     (:uri string))
    (ListPromptsResult object
     (:prompts (list LSPObject)))
    (GetPromptParams object
     (:server string)
     (:name string)
     (:arguments (map string) optional))
    (CompleteParams object
     (:server string)
     (:ref LSPObject)
     (:argument LSPObject)
     (:context LSPObject optional))
    (RequestParams object
     (:server string)
     (:method string)
     (:params LSPObject optional)
     (:progressToken string optional)
     (:timeoutMs uinteger optional)
     (:requestedBy string optional))
    (LogsParams object
     (:server string optional)
     (:limit uinteger optional))
    (LogsResult object
     (:entries (list LogEntry)))
    (AccessTokenResult object
     (:accessToken string)
     (:expiresAt Timestamp optional))
    (AuthRequiredParams object
     (:servers (list Server)))
    (StatusChangedParams object
     (:servers (list Server)))
    (CatalogChangedParams object
     (:server string)
     (:kinds (list CatalogKind)))
    (AuthCompletedParams object
     (:server string)
     (:flowId string)
     (:result AuthResult))
    (ProgressParams object
     (:server string)
     (:progressToken string)
     (:progress decimal)
     (:total decimal optional)
     (:message string optional))
    (LogParams object
     (:entry LogEntry))
    (ServerNotificationParams object
     (:server string)
     (:method string)
     (:params LSPObject optional))
    (ElicitParams object
     (:server string)
     (:request ElicitRequest))
    (SampleParams object
     (:server string)
     (:params LSPObject))
    (ServerOrigin union :kind
     ("user"
      (:file DocumentUri))
     ("workspace"
      (:file DocumentUri)
      (:folder DocumentUri)))
    (ServerState union :kind
     ("disabled")
     ("untrusted"
      (:definitionDigest string))
     ("stopped")
     ("connecting"
      (:since Timestamp))
     ("authRequired"
      (:reason AuthReason))
     ("authenticating"
      (:flow SignInFlow))
     ("connected"
      (:since Timestamp))
     ("retrying"
      (:failure Failure)
      (:attempt uinteger)
      (:nextAttempt Timestamp))
     ("failed"
      (:failure Failure)))
    (Authentication union :kind
     ("none")
     ("unauthenticated")
     ("pending"
      (:flow SignInFlow))
     ("authenticated"
      (:issuer URI)
      (:account string optional)
      (:scopes (list string))
      (:expiresAt Timestamp optional)))
    (AuthResult union :kind
     ("succeeded"
      (:authentication Authentication))
     ("failed"
      (:failure Failure))
     ("cancelled"))
    (ElicitRequest union :mode
     ("form"
      (:message string)
      (:requestedSchema LSPObject))
     ("url"
      (:message string)
      (:url URI)
      (:elicitationId string optional)))
    (ElicitResult union :action
     ("accept"
      (:content LSPObject optional))
     ("decline")
     ("cancel"))
    (Transport enum "stdio" "http" "sse")
    (AuthReasonKind enum "signInNeeded" "expired" "insufficientScope" "issuerChanged")
    (CatalogKind enum "tools" "resources" "resourceTemplates" "prompts")
    (LogLevel enum "debug" "info" "notice" "warning" "error" "critical" "alert" "emergency")
    (SignInMethod enum "browser" "deviceCode")
    (SecretKind enum "keyring" "input")
    (ConfigScope enum "user" "workspace")
    (ErrorCodes enum -31001 -31002 -31003 -31004 -31005 -31006 -31007 -31008)
    (Timestamp format date-time))
  "The shape of each type.
An object is (object MEMBER...), with each member as (KEYWORD TYPE) or
\(KEYWORD TYPE optional); one of several objects is
\(union TAG (VALUE MEMBER...)...); one of several values is
\(enum VALUE...); a string of some format is (format FORMAT).  A type is
a symbol, \(list TYPE), or \(map TYPE) for an object with free names.")

(provide 'drawbridge-protocol)
;;; drawbridge-protocol.el ends here
