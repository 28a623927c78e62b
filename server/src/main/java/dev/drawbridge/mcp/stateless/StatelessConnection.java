package dev.drawbridge.mcp.stateless;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ClientProfile;
import dev.drawbridge.mcp.Connection;
import dev.drawbridge.mcp.Known;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.ProgressListener;
import dev.drawbridge.mcp.http.HttpLink;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.ListKinds;
import dev.drawbridge.mcp.rpc.Reply;
import dev.drawbridge.mcp.rpc.RpcChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A connection of the stateless era (2026-07-28) over either transport. What that era has no message for but hosts of the
 * other era send is done here: {@code ping}, {@code logging/setLevel}, {@code resources/subscribe}.
 */
public final class StatelessConnection implements Connection {
    private static final Set<String> UNKNOWN_TO_THIS_ERA =
            Set.of("notifications/initialized", "notifications/roots/list_changed", "notifications/cancelled");
    private static final Duration SUBSCRIBING = Duration.ofSeconds(10);
    private static final CallOutcome DONE = new CallOutcome.Result(RawJson.EMPTY_OBJECT);

    private final RpcChannel channel;
    private final ClientProfile profile;
    private final Negotiated negotiated;
    private final StatelessCalls calls;
    private final ListenStream listening;
    private volatile Optional<String> logLevel = Optional.empty();

    StatelessConnection(
            RpcChannel channel, ClientProfile profile, Negotiated negotiated, StatelessCalls calls, ListKinds kinds) {
        this.channel = channel;
        this.profile = profile;
        this.negotiated = negotiated;
        this.calls = calls;
        this.listening = new ListenStream(
                channel, kinds, params -> RequestMeta.merge(params, profile, calls.version(), Optional.empty()));
    }

    /** Begins to listen for changes, where the server announces any. */
    void begin() {
        listening.start();
    }

    @Override
    public Negotiated negotiated() {
        return negotiated;
    }

    @Override
    public CallOutcome call(
            String method, RawJson params, Duration timeout, ProgressListener progress, Cancellation cancellation) {
        try {
            RawJson object = params.equals(RawJson.NULL) ? RawJson.EMPTY_OBJECT : params;
            switch (method) {
                case "ping" -> {
                    return DONE;
                }
                case "logging/setLevel" -> {
                    logLevel = JsonSlices.ofObject(object.bytes()).string("level");
                    return DONE;
                }
                case "resources/subscribe", "resources/unsubscribe" -> {
                    Optional<String> uri = JsonSlices.ofObject(object.bytes()).string("uri");
                    if (uri.isPresent() && listening.canWatch()) {
                        return listening.watch(uri.get(), method.equals("resources/subscribe"), SUBSCRIBING);
                    }
                }
                case "subscriptions/listen" -> {
                    RawJson complete = RequestMeta.merge(object, profile, calls.version(), Optional.empty());
                    return channel.listen(method, complete, timeout, cancellation, id -> {})
                            .outcome();
                }
                default -> {
                    // The server's own business.
                }
            }
            CallOutcome outcome = calls.call(
                    method,
                    version -> RequestMeta.merge(object, profile, version, logLevel),
                    RequestMeta.isOwn(object),
                    timeout,
                    progress,
                    cancellation);
            if (outcome instanceof CallOutcome.Result) {
                listening.resumeAfterAuthorization();
            }
            return outcome;
        } catch (MalformedJson e) {
            return new CallOutcome.ServerError(
                    -32602, "The parameters of " + method + " are no JSON object: " + e.getMessage(), Optional.empty());
        }
    }

    @Override
    public boolean notify(String method, RawJson params) {
        return UNKNOWN_TO_THIS_ERA.contains(method)
                || channel.notify(method, params).isEmpty();
    }

    @Override
    public void close() {
        listening.stop();
        channel.close();
    }

    /** The parts a stateless connection is made of, before it is known whether the server is one of this era. */
    public static final class Candidate {
        private final RpcChannel channel;
        private final ClientProfile profile;
        private final StatelessCalls calls;

        private Candidate(RpcChannel channel, ClientProfile profile, StatelessCalls calls) {
            this.channel = channel;
            this.profile = profile;
            this.calls = calls;
        }

        public static Candidate overHttp(
                HttpLink link, ClientProfile profile, dev.drawbridge.mcp.ConnectionListener listener) {
            KnownTools tools = new KnownTools();
            StatelessHttpTransport transport = new StatelessHttpTransport(link, tools, Discovery.VERSION);
            RpcChannel channel = new RpcChannel(transport, listener);
            channel.open();
            return new Candidate(channel, profile, new StatelessCalls(channel, Optional.of(tools), transport::agreeOn));
        }

        public static Candidate overStdio(RpcChannel channel, ClientProfile profile) {
            return new Candidate(channel, profile, new StatelessCalls(channel, Optional.empty(), version -> {}));
        }

        public RpcChannel channel() {
            return channel;
        }

        /** Asks {@code server/discover}; the reply is for {@link Discovery#read}. */
        public Reply discover(Duration timeout) {
            try {
                return channel.call(
                        "server/discover",
                        RequestMeta.merge(RawJson.EMPTY_OBJECT, profile, calls.version(), Optional.empty()),
                        timeout);
            } catch (MalformedJson e) {
                return Reply.failed(Failures.badEndpoint("The client's capabilities are no JSON: " + e.getMessage()));
            }
        }

        public StatelessConnection established(Negotiated negotiated) {
            calls.agreeOn(negotiated.protocolVersion());
            StatelessConnection connection = new StatelessConnection(
                    channel, profile, negotiated, calls, ListKinds.of(negotiated.capabilities()));
            connection.begin();
            return connection;
        }

        /** A connection beside one that exists: it asks for nothing, and listens only for what it watches itself. */
        public StatelessConnection joined(Known known) {
            Negotiated negotiated = known.negotiated();
            calls.agreeOn(negotiated.protocolVersion());
            known.tools().ifPresent(calls::know);
            ListKinds kinds = new ListKinds(
                    List.of(), ListKinds.of(negotiated.capabilities()).subscribable());
            return new StatelessConnection(channel, profile, negotiated, calls, kinds);
        }
    }
}
