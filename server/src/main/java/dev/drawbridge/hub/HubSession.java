package dev.drawbridge.hub;

import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.oauth.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One attached editor or host, as the hub serves it. Methods that talk to a server or a keyring block the calling thread
 * until their deadline at the latest: call them on a virtual thread, never on a connection's reader. A name the session
 * does not know gives the failure {@code hub.unknownServer}.
 */
public interface HubSession extends AutoCloseable {
    /** All the session sees, in the files' order; waits until they have been read once. */
    List<ServerView> servers();

    /**
     * Starts a sign-in or joins the running one. Nothing opens a browser: the caller shows the flow's URL to the person who asked.
     *
     * @param elsewhere says under which address the person's browser, which may be on another machine, reaches the
     *     callback listener whose own address it is given; not asked when a sign-in is joined
     */
    Outcome<SignInFlow> authenticate(ServerName server, SignInMethod method, UnaryOperator<URI> elsewhere);

    /** The same, for a browser on this machine. */
    default Outcome<SignInFlow> authenticate(ServerName server, SignInMethod method) {
        return authenticate(server, method, UnaryOperator.identity());
    }

    /** Ends a flow with the address the browser was sent to, pasted by the person. */
    Outcome<Outcome.Done> completeAuthentication(FlowId flow, URI callbackUrl);

    Outcome<Outcome.Done> cancelAuthentication(FlowId flow);

    /** Forgets the credential, after revoking it where the authorization server offers that (RFC 7009); true when it was revoked. */
    Outcome<Boolean> signOut(ServerName server);

    /** Starts or restarts the connection now, whatever the backoff says. */
    Outcome<Outcome.Done> connect(ServerName server);

    Outcome<Outcome.Done> disconnect(ServerName server);

    /** Switches a server on or off in the file it comes from. */
    Outcome<Outcome.Done> setEnabled(ServerName server, boolean enabled);

    /** Trusts exactly the definition with this digest; refused when the file has changed since it was shown. */
    Outcome<Outcome.Done> approve(ServerName server, String definitionDigest);

    /** Adds an entry to the user's file, or to the workspace's {@code .drawbridge/mcp.json}; the definition is the entry's JSON object. */
    Outcome<Outcome.Done> addServer(ServerName server, RawJson definition, boolean toWorkspace);

    Outcome<Outcome.Done> removeServer(ServerName server);

    /**
     * Keeps the value of a variable in the token store, or forgets it when there is none, and tries the servers again that
     * wait for it.
     */
    Outcome<Outcome.Done> storeSecret(SecretName secret, Optional<Secret> value);

    /** One of a server's lists, all pages, as a JSON array of the server's own items; disabled tools are left out. */
    Outcome<RawJson> catalog(ServerName server, CatalogKind kind);

    /** Any MCP request, passed through untouched. */
    CallResult call(ServerName server, String method, RawJson params, CallOptions options);

    /** The newest lines, oldest first; of one server, or of all. */
    List<LogEntry> logs(Optional<ServerName> server, int limit);

    /** The editor's workspace folders changed: workspace files and interpolated values are read again. */
    void foldersChanged(List<Path> folders);

    /** A fresh access token for other programs; the refresh token never leaves. */
    Outcome<AccessTokenView> accessToken(ServerName server);

    /** Leaves; connections nobody else uses are closed after a while. */
    @Override
    void close();

    /** How a person signs in. */
    enum SignInMethod {
        /** Authorization code with PKCE and the loopback callback. */
        BROWSER,
        /** Device code (RFC 8628). */
        DEVICE_CODE
    }
}
