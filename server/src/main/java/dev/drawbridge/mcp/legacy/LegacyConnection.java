package dev.drawbridge.mcp.legacy;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ClientProfile;
import dev.drawbridge.mcp.Connection;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.ProgressListener;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.ListKinds;
import dev.drawbridge.mcp.rpc.Reply;
import dev.drawbridge.mcp.rpc.RpcChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection of the initialize era over any transport. Over Streamable HTTP it renews a session the server has
 * forgotten, once per call, and only where the refusal itself proves that the call was not carried out (requirement 71).
 */
public final class LegacyConnection implements Connection {
    private static final Duration RENEWAL_LIMIT = Duration.ofSeconds(30);

    private final RpcChannel channel;
    private final ClientProfile profile;
    private final Optional<LegacyHttpTransport> http;
    private final SessionMemory memory = new SessionMemory();
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Negotiated negotiated;
    private volatile Optional<KeepAlive> keepAlive = Optional.empty();

    private LegacyConnection(
            RpcChannel channel, ClientProfile profile, Optional<LegacyHttpTransport> http, Negotiated negotiated) {
        this.channel = channel;
        this.profile = profile;
        this.http = http;
        this.negotiated = negotiated;
    }

    /** Completes a handshake that was agreed on. */
    public static LegacyConnection established(
            RpcChannel channel, ClientProfile profile, Optional<LegacyHttpTransport> http, Negotiated negotiated) {
        channel.inbox().allowServerRequests();
        LegacyConnection connection = new LegacyConnection(channel, profile, http, negotiated);
        connection.begin();
        return connection;
    }

    /** Pings the server on this interval until the connection ends. */
    public LegacyConnection pinging(Optional<Duration> interval) {
        keepAlive = interval.map(pause -> new KeepAlive(this, channel, pause));
        keepAlive.ifPresent(KeepAlive::start);
        return this;
    }

    private void begin() {
        http.ifPresent(transport -> transport.agreeOn(negotiated.protocolVersion()));
        channel.notify("notifications/initialized", RawJson.EMPTY_OBJECT);
        http.ifPresent(transport -> transport.listen(channel.listener()::onUnauthorized, this::renewUnasked));
    }

    @Override
    public Negotiated negotiated() {
        return negotiated;
    }

    @Override
    public CallOutcome call(
            String method, RawJson params, Duration timeout, ProgressListener progress, Cancellation cancellation) {
        Optional<String> sessionBefore = sessionId();
        Reply reply = channel.call(method, params, timeout, progress, cancellation);
        if (isSessionLost(reply, sessionBefore)) {
            Optional<Reply> failed = renew(sessionBefore);
            reply = failed.isPresent() ? failed.get() : channel.call(method, params, timeout, progress, cancellation);
        }
        if (reply.outcome() instanceof CallOutcome.Result) {
            memory.note(method, params);
            http.ifPresent(LegacyHttpTransport::authorizationWorks);
        }
        return reply.outcome();
    }

    private Optional<String> sessionId() {
        return http.flatMap(LegacyHttpTransport::sessionId);
    }

    /** 404 is what the specification says; 400 with a word about the session is what some servers do after a restart. */
    private static boolean isSessionLost(Reply reply, Optional<String> sessionBefore) {
        if (sessionBefore.isEmpty()) {
            return false;
        }
        return switch (reply.outcome()) {
            case CallOutcome.ServerError(long code, String message, var data) ->
                code != -32601 && saysSessionLost(reply.status(), message);
            case CallOutcome.Failed(var failure) -> saysSessionLost(reply.status(), failure.message());
            case CallOutcome.Result result -> false;
            case CallOutcome.Unauthorized unauthorized -> false;
            case CallOutcome.Cancelled cancelled -> false;
        };
    }

    private static boolean saysSessionLost(int status, String words) {
        String text = words.toLowerCase(Locale.ROOT);
        return status == 404 || status == 400 && (text.contains("session") || text.contains("not initialized"));
    }

    /** A new handshake unless somebody else has made one meanwhile; the reply to it when it failed. */
    private Optional<Reply> renew(Optional<String> lostSession) {
        renewing.lock();
        try {
            LegacyHttpTransport transport = http.orElseThrow();
            if (!channel.isOpen() || !sessionId().equals(lostSession)) {
                return Optional.empty();
            }
            transport.forgetSession();
            return switch (Handshake.ask(channel, profile, RENEWAL_LIMIT)) {
                case Handshake.End.Agreed(Negotiated agreed) -> {
                    negotiated = agreed;
                    begin();
                    memory.replay(channel);
                    // What the old session would have announced meanwhile is lost, so everything may have changed.
                    ListKinds.of(agreed.capabilities()).announceAll(channel.listener());
                    yield Optional.empty();
                }
                case Handshake.End.Refused(Reply reply) -> {
                    transport.giveBackSession();
                    yield Optional.of(reply);
                }
            };
        } finally {
            renewing.unlock();
        }
    }

    /** The stream noticed first; if the renewal fails now, the next call finds out and tells. */
    private void renewUnasked() {
        Optional<String> lost = sessionId();
        renew(lost).ifPresent(reply -> {
            if (reply.outcome() instanceof CallOutcome.Failed(var failure)) {
                channel.lose(failure);
            } else if (reply.outcome() instanceof CallOutcome.Unauthorized(var rejection)) {
                channel.listener().onUnauthorized(rejection);
            }
        });
    }

    @Override
    public boolean notify(String method, RawJson params) {
        return channel.notify(method, params).isEmpty();
    }

    @Override
    public void close() {
        keepAlive.ifPresent(KeepAlive::stop);
        channel.close();
    }
}
