// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.List;

/** The methods of every message, and the version of the protocol they make up. */
public final class Methods {
    /** The version of the protocol. */
    public static final String VERSION = "1.0";

    /** Gives every server of the session's view with its full state. Answered from memory. */
    public static final String LIST_SERVERS = "mcp/listServers";

    /**
     * Starts a sign-in, or joins the one that runs. Sent only because a person clicked; nothing on Drawbridge's side
     * opens a browser. The client opens {@code authorizationUrl} and is told the end by {@code mcp/authCompleted}. A
     * client that declared {@code externalUri} may be asked that before it is answered.
     */
    public static final String AUTHENTICATE = "mcp/authenticate";

    /**
     * Ends a sign-in with the address the browser was sent to, when the browser could not reach this machine (SSH,
     * WSL, a container). Answered after the tokens are stored.
     */
    public static final String COMPLETE_AUTHENTICATION = "mcp/completeAuthentication";

    /** Cancels a sign-in for everybody who joined it. */
    public static final String CANCEL_AUTHENTICATION = "mcp/cancelAuthentication";

    /** Forgets the server's credential, after revoking it where the authorization server offers that. */
    public static final String SIGN_OUT = "mcp/signOut";

    /**
     * Starts or restarts the connection now, whatever the backoff says. What comes of it is told by {@code
     * mcp/statusChanged}.
     */
    public static final String CONNECT = "mcp/connect";

    /** Stops the connection until {@code mcp/connect}. */
    public static final String DISCONNECT = "mcp/disconnect";

    /** Switches a server on or off in the file it comes from. */
    public static final String SET_ENABLED = "mcp/setEnabled";

    /** Trusts exactly the definition the digest names. Refused when the file changed since it was shown. */
    public static final String APPROVE = "mcp/approve";

    /** Adds an entry to a configuration file, keeping its comments. */
    public static final String ADD_SERVER = "mcp/addServer";

    /** Removes a server's entry from the file it comes from. */
    public static final String REMOVE_SERVER = "mcp/removeServer";

    /**
     * Keeps the value of a {@code ${keyring:name}} or the answer to an {@code ${input:id}} in the token store, or
     * forgets it. Servers whose definitions wait for it are tried at once.
     */
    public static final String STORE_SECRET = "mcp/storeSecret";

    /** Gives the server's tools. */
    public static final String LIST_TOOLS = "mcp/listTools";

    /** Calls a tool. The result is MCP's, also when it says {@code isError}. */
    public static final String CALL_TOOL = "mcp/callTool";

    /** Gives the server's resources and resource templates. */
    public static final String LIST_RESOURCES = "mcp/listResources";

    /** Reads a resource. */
    public static final String READ_RESOURCE = "mcp/readResource";

    /** Gives the server's prompts. */
    public static final String LIST_PROMPTS = "mcp/listPrompts";

    /** Gives a prompt's messages. */
    public static final String GET_PROMPT = "mcp/getPrompt";

    /** Completes an argument of a prompt or of a resource template. */
    public static final String COMPLETE = "mcp/complete";

    /** Sends any MCP request, untouched both ways: the door for what this protocol has no name for. */
    public static final String REQUEST = "mcp/request";

    /** Gives the newest log lines. */
    public static final String LOGS = "mcp/logs";

    /** Gives a fresh access token for scripts and other programs' header helpers. The refresh token never leaves. */
    public static final String ACCESS_TOKEN = "mcp/accessToken";

    /**
     * A server asks the person something. The client shows which server asks. Sent only in a mode the client declared.
     * An answer may take as long as a person takes; Drawbridge bounds the wait and cancels with {@code
     * $/cancelRequest}.
     */
    public static final String ELICIT = "mcp/elicit";

    /**
     * Asks a client whose browser may run on another machine (SSH, WSL, a container, an editor in a browser) under
     * which address that browser reaches Drawbridge's callback listener. Sent only to a client that declared {@code
     * externalUri}, while it waits for the answer to its own {@code mcp/authenticate}: the listener listens already,
     * so the port in {@code uri} is the one to make a way to. The client answers at once, without asking the person.
     * VS Code answers with {@code env.asExternalUri}. A client that receives addresses itself answers with one of its
     * own, and sends what arrives there by {@code mcp/completeAuthentication}. The answer becomes the redirect URI of
     * the registration, the authorization request and the token request; it must be {@code https}, or {@code http} on
     * a loopback host, without user information or fragment, or the sign-in fails with {@code
     * oauth.redirectUriInvalid}. An error, or no answer within ten seconds, means that {@code uri} itself is used. Not
     * sent when the redirect URI is known to the authorization server beforehand ({@code oauth.redirectUri}, {@code
     * oauth.clientId} or a client ID metadata document in the configuration), and not to a client that joins a sign-in
     * that runs: it gets the same URL as the others.
     */
    public static final String EXTERNAL_URI = "mcp/externalUri";

    /**
     * A server asks the client's language model for a message. The client decides whether the person is asked first.
     * An error refuses.
     */
    public static final String SAMPLE = "mcp/sample";

    /**
     * Servers began to need a sign-in. One message, however many servers; told once per need. The client shows one
     * prompt with an Authenticate button per server and sends {@code mcp/authenticate} when the person clicks, never
     * by itself.
     */
    public static final String AUTH_REQUIRED = "mcp/authRequired";

    /** A sign-in ended. */
    public static final String AUTH_COMPLETED = "mcp/authCompleted";

    /**
     * Something changed: the full list, never a difference. The first comes after {@code initialized}; changes that
     * come close together are told once.
     */
    public static final String STATUS_CHANGED = "mcp/statusChanged";

    /** A server's lists changed. The client forgets what it read of them. */
    public static final String CATALOG_CHANGED = "mcp/catalogChanged";

    /** How far a call with a {@code progressToken} is. */
    public static final String PROGRESS = "mcp/progress";

    /** A log line, as it is written. */
    public static final String LOG = "mcp/log";

    /** Any other notification of a server, untouched. */
    public static final String SERVER_NOTIFICATION = "mcp/serverNotification";

    /** The requests that a client may send. */
    public static final List<String> CLIENT_REQUESTS = List.of(
            LIST_SERVERS,
            AUTHENTICATE,
            COMPLETE_AUTHENTICATION,
            CANCEL_AUTHENTICATION,
            SIGN_OUT,
            CONNECT,
            DISCONNECT,
            SET_ENABLED,
            APPROVE,
            ADD_SERVER,
            REMOVE_SERVER,
            STORE_SECRET,
            LIST_TOOLS,
            CALL_TOOL,
            LIST_RESOURCES,
            READ_RESOURCE,
            LIST_PROMPTS,
            GET_PROMPT,
            COMPLETE,
            REQUEST,
            LOGS,
            ACCESS_TOKEN);

    private Methods() {}
}
