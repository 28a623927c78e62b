package dev.drawbridge.oauth;

import dev.drawbridge.oauth.flow.FlowFailures;
import dev.drawbridge.oauth.flow.FlowId;
import dev.drawbridge.oauth.flow.Flows;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.time.Duration;

/**
 * Asks the token endpoint until the person has typed the code (RFC 8628 sections 3.4 and 3.5): no faster than it wants, five
 * seconds slower each time it says so, and twice as slow after no answer. The flow's own deadline ends it.
 */
final class DevicePolling {
    /** Stores what a reply grants, or explains why it grants nothing. */
    interface Storing {
        CredentialView.Present store(TokenEndpoint.Reply reply) throws AuthorizationFailed, StoreUnavailable;
    }

    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Duration SLOWEST = Duration.ofMinutes(1);

    private final Flows flows;
    private final Scheduler scheduler;
    private final TokenEndpoint endpoint;
    private final DeviceAuthorization authorization;
    private final FlowId flow;
    private final Storing storing;

    DevicePolling(
            Flows flows,
            Scheduler scheduler,
            TokenEndpoint endpoint,
            DeviceAuthorization authorization,
            FlowId flow,
            Storing storing) {
        this.flows = flows;
        this.scheduler = scheduler;
        this.endpoint = endpoint;
        this.authorization = authorization;
        this.flow = flow;
        this.storing = storing;
    }

    void begin() {
        again(authorization.interval());
    }

    private void again(Duration pause) {
        scheduler.after(pause.compareTo(SLOWEST) > 0 ? SLOWEST : pause, () -> poll(pause));
    }

    private void poll(Duration pause) {
        if (!flows.isRunning(flow)) {
            return;
        }
        TokenEndpoint.Reply reply;
        try {
            reply = endpoint.deviceCode(authorization.deviceCode());
        } catch (AuthorizationFailed e) {
            again(pause.multipliedBy(2));
            return;
        }
        switch (reply) {
            case TokenEndpoint.Reply.Refused(String error, String description)
            when error.equals("authorization_pending") -> again(pause);
            case TokenEndpoint.Reply.Refused(String error, String description)
            when error.equals("slow_down") -> again(pause.plus(SLOWER));
            case TokenEndpoint.Reply.Refused refused -> flows.finish(flow, () -> end(refused));
            case TokenEndpoint.Reply.Granted granted -> flows.finish(flow, () -> end(granted));
        }
    }

    private FlowEnd end(TokenEndpoint.Reply reply) {
        if (reply instanceof TokenEndpoint.Reply.Refused(String error, String description)) {
            switch (error) {
                case "access_denied" -> {
                    return new FlowEnd.Failed(FlowFailures.denied());
                }
                case "expired_token" -> {
                    return new FlowEnd.Failed(FlowFailures.timedOut(Method.DEVICE_CODE));
                }
                default -> {}
            }
        }
        try {
            return new FlowEnd.Succeeded(storing.store(reply));
        } catch (AuthorizationFailed e) {
            return new FlowEnd.Failed(e.failure());
        } catch (StoreUnavailable e) {
            return new FlowEnd.Failed(e.failure());
        }
    }
}
