package dev.drawbridge.mcp;

import dev.drawbridge.mcp.http.BadTls;
import dev.drawbridge.mcp.http.HttpClients;
import dev.drawbridge.mcp.http.HttpLink;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.OwedEnds;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Connects to MCP servers. One connector serves the whole process: it owns the HTTP clients. */
public final class Connector implements AutoCloseable {
    private final HttpClients clients = new HttpClients();
    private final OwedEnds ends = new OwedEnds();

    /**
     * Connects, finding out which era the server speaks.
     *
     * @param rememberedProtocolVersion what {@link Negotiated#protocolVersion} was last time; tried first, and probed anew
     *     when it no longer holds
     * @param timeout for the whole attempt
     */
    public ConnectOutcome connect(
            Endpoint endpoint,
            ClientProfile profile,
            RequestAuthorizer authorizer,
            ConnectionListener listener,
            Optional<String> rememberedProtocolVersion,
            Duration timeout) {
        return connect(
                endpoint,
                authorizer,
                new Attempt(
                        profile, listener, rememberedProtocolVersion, Optional.empty(), Deadline.in(timeout), ends));
    }

    /** Connects once more to a server that another connection of ours knows; what that one asked is not asked again. */
    public ConnectOutcome join(
            Endpoint endpoint,
            ClientProfile profile,
            RequestAuthorizer authorizer,
            ConnectionListener listener,
            Known known,
            Duration timeout) {
        return connect(
                endpoint,
                authorizer,
                new Attempt(
                        profile,
                        listener,
                        Optional.of(known.negotiated().protocolVersion()),
                        Optional.of(known),
                        Deadline.in(timeout),
                        ends));
    }

    private ConnectOutcome connect(Endpoint endpoint, RequestAuthorizer authorizer, Attempt attempt) {
        return switch (endpoint) {
            case Endpoint.Stdio stdio -> new StdioProbe(stdio, attempt).connect();
            case Endpoint.StreamableHttp(URI url, Map<String, String> headers, HttpOptions options, boolean elseSse) ->
                overHttp(url, headers, options, authorizer, link -> new HttpProbe(link, attempt, elseSse).connect());
            case Endpoint.Sse(URI url, Map<String, String> headers, HttpOptions options, boolean elseHttp) ->
                overHttp(url, headers, options, authorizer, link -> {
                    HttpProbe probe = new HttpProbe(link, attempt, false);
                    return elseHttp ? probe.connectSseFirst() : probe.connectSse();
                });
        };
    }

    private ConnectOutcome overHttp(
            URI url,
            Map<String, String> headers,
            HttpOptions options,
            RequestAuthorizer authorizer,
            java.util.function.Function<HttpLink, ConnectOutcome> connect) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
            return new ConnectOutcome.Failed(Failures.badEndpoint("The server's address is no http or https address."));
        }
        try {
            if (scheme.equals("https")) {
                // Certificates that cannot be used are found out here, before anything is said to the server.
                clients.client(options);
            }
            return connect.apply(new HttpLink(clients, url, headers, options, authorizer));
        } catch (BadTls e) {
            return new ConnectOutcome.Failed(Failures.badTls(String.valueOf(e.getMessage())));
        }
    }

    /** The client that connections with these options use, for whoever speaks to other machines on a server's behalf. */
    public HttpClient httpClient(HttpOptions options) {
        try {
            return clients.signInClient(options);
        } catch (BadTls e) {
            // The server itself cannot be reached then either, and says why.
            return HttpClient.newHttpClient();
        }
    }

    /**
     * Before the process ends: whatever servers keep for it is given back and the programs it has started are ended, also
     * those whose connection is just being opened or closed. Nothing can be connected to any more.
     *
     * @param limit for all of it
     */
    public void endConnections(Duration limit) {
        ends.settle(limit);
    }

    /** Ends what is shared, and the connections with it. */
    @Override
    public void close() {
        clients.close();
    }
}
