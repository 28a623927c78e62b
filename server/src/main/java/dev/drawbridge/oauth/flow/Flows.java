package dev.drawbridge.oauth.flow;

import dev.drawbridge.oauth.AuthorizationFailed;
import dev.drawbridge.oauth.CredentialView;
import dev.drawbridge.oauth.FlowEnd;
import dev.drawbridge.oauth.FlowListener;
import dev.drawbridge.oauth.OAuthFailure;
import dev.drawbridge.oauth.Scheduler;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreName;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The running sign-ins, one for each credential, told apart by {@code state} (RFC 6749 section 10.12, requirement 27). Each
 * ends exactly once: by its browser's return, by cancelling, or by time.
 *
 * <p>Thread-safe: the maps and every flow's phase are changed under this object's monitor; redeeming a code, listeners and
 * clean-up run outside it.
 */
public final class Flows implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Flows.class.getName());
    private static final int REMEMBERED = 64;

    private enum Phase {
        WAITING,
        REDEEMING,
        ENDED
    }

    private static final class Flow {
        final FlowPlan plan;
        Phase phase = Phase.WAITING;
        boolean redeemed;
        Runnable timer = () -> {};

        Flow(FlowPlan plan) {
            this.plan = plan;
        }
    }

    private final InstantSource clock;
    private final Scheduler scheduler;
    private final List<FlowListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<StoreName, Flow> running = new LinkedHashMap<>();
    private final Map<Secret, Flow> ended = new LinkedHashMap<>();

    public Flows(InstantSource clock, Scheduler scheduler) {
        this.clock = clock;
        this.scheduler = scheduler;
    }

    public void listen(FlowListener listener) {
        listeners.add(listener);
    }

    /** The flow that runs for a credential. */
    public synchronized Optional<FlowPlan> running(StoreName credential) {
        return Optional.ofNullable(running.get(credential)).map(flow -> flow.plan);
    }

    /** Starts counting down; the caller has made sure that no flow runs for the credential. */
    public void start(FlowPlan plan) {
        Flow flow = new Flow(plan);
        synchronized (this) {
            if (running.putIfAbsent(plan.credential(), flow) != null) {
                throw new IllegalStateException("A flow runs already for " + plan.credential());
            }
            Duration left = Duration.between(clock.instant(), plan.view().expiresAt());
            flow.timer = scheduler.after(left, () -> expire(flow));
        }
    }

    /** Ends the flow unless its browser is back already. */
    public boolean cancel(FlowId id) {
        Optional<Flow> flow = find(id);
        return flow.isPresent() && claim(flow.get()) && end(flow.get(), new FlowEnd.Cancelled());
    }

    /** A flow that ends without a browser's return (RFC 8628); does nothing when it has ended. */
    public void finish(FlowId id, Supplier<FlowEnd> work) {
        Optional<Flow> flow = find(id);
        if (flow.isPresent() && claim(flow.get())) {
            flow.get().redeemed = true;
            end(flow.get(), work.get());
        }
    }

    public synchronized boolean anyRunning() {
        return !running.isEmpty();
    }

    public boolean isRunning(FlowId id) {
        return find(id).isPresent();
    }

    /** The address a person pasted. Empty when the sign-in succeeded; a wrong address leaves the flow running. */
    public Optional<OAuthFailure> complete(FlowId id, URI callbackUrl) {
        CallbackParameters parameters =
                CallbackParameters.parse(callbackUrl.getRawQuery() == null ? "" : callbackUrl.getRawQuery());
        Optional<Flow> flow = find(id);
        if (flow.isEmpty()) {
            return Optional.of(FlowFailures.over());
        }
        Optional<Secret> state = parameters.single("state").map(Secret::new);
        if (state.isEmpty() || !state.equals(flow.get().plan.state())) {
            return Optional.of(FlowFailures.notTheCallback());
        }
        return switch (callback(parameters)) {
            case CallbackResult.SignedIn signedIn -> Optional.empty();
            case CallbackResult.Failed failed -> Optional.of(failed.failure());
            case CallbackResult.AlreadyUsed used -> Optional.of(FlowFailures.over());
            case CallbackResult.TooLate late -> Optional.of(FlowFailures.over());
            case CallbackResult.Unknown unknown -> Optional.of(FlowFailures.notTheCallback());
        };
    }

    /** A browser's return. */
    CallbackResult callback(CallbackParameters parameters) {
        Optional<Secret> state = parameters.single("state").map(Secret::new);
        Optional<Flow> found = state.flatMap(this::byState);
        if (found.isEmpty()) {
            return new CallbackResult.Unknown();
        }
        Flow flow = found.get();
        Optional<String> code = parameters.single("code");
        boolean refused = !parameters.all("error").isEmpty();
        if (code.isEmpty() && !refused) {
            return new CallbackResult.Unknown();
        }
        if (!claim(flow)) {
            return flow.redeemed
                    ? new CallbackResult.AlreadyUsed(flow.plan.view())
                    : new CallbackResult.TooLate(flow.plan.view());
        }
        flow.redeemed = true;
        FlowEnd end = redeem(flow.plan, parameters, code.map(Secret::new), refused);
        end(flow, end);
        return switch (end) {
            case FlowEnd.Succeeded(CredentialView.Present present) ->
                new CallbackResult.SignedIn(flow.plan.view(), present);
            case FlowEnd.Failed(OAuthFailure failure) -> new CallbackResult.Failed(flow.plan.view(), failure);
            case FlowEnd.Cancelled() -> new CallbackResult.TooLate(flow.plan.view());
        };
    }

    /** The issuer is checked before anything of the response is believed, its error text included (requirements 29, 31). */
    private static FlowEnd redeem(
            FlowPlan plan, CallbackParameters parameters, Optional<Secret> code, boolean refused) {
        if (!plan.issuer().accepts(parameters.all("iss"))) {
            return new FlowEnd.Failed(FlowFailures.issuerMismatch(plan.issuer().issuer()));
        }
        if (refused || code.isEmpty()) {
            return new FlowEnd.Failed(FlowFailures.refused(parameters));
        }
        try {
            return new FlowEnd.Succeeded(plan.redemption().redeem(code.get()));
        } catch (AuthorizationFailed e) {
            return new FlowEnd.Failed(e.failure());
        } catch (StoreUnavailable e) {
            return new FlowEnd.Failed(e.failure());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Redeeming a code failed unexpectedly", e);
            return new FlowEnd.Failed(FlowFailures.unexpected());
        }
    }

    private void expire(Flow flow) {
        if (claim(flow)) {
            end(flow, new FlowEnd.Failed(FlowFailures.timedOut(flow.plan.method())));
        }
    }

    private synchronized boolean claim(Flow flow) {
        if (flow.phase != Phase.WAITING) {
            return false;
        }
        flow.phase = Phase.REDEEMING;
        return true;
    }

    private boolean end(Flow flow, FlowEnd end) {
        synchronized (this) {
            flow.phase = Phase.ENDED;
            running.remove(flow.plan.credential(), flow);
            flow.plan.state().ifPresent(state -> ended.put(state, flow));
            if (ended.size() > REMEMBERED) {
                ended.remove(ended.keySet().iterator().next());
            }
        }
        flow.timer.run();
        try {
            flow.plan.released().accept(end);
        } finally {
            for (FlowListener listener : listeners) {
                listener.onEnded(flow.plan.view(), end);
            }
        }
        return true;
    }

    private synchronized Optional<Flow> byState(Secret state) {
        for (Flow flow : running.values()) {
            if (flow.plan.state().equals(Optional.of(state))) {
                return Optional.of(flow);
            }
        }
        return Optional.ofNullable(ended.get(state));
    }

    private synchronized Optional<Flow> find(FlowId id) {
        return running.values().stream()
                .filter(flow -> flow.plan.view().id().equals(id))
                .findFirst();
    }

    /** Ends every waiting flow as cancelled. */
    @Override
    public void close() {
        List<Flow> left;
        synchronized (this) {
            left = new ArrayList<>(running.values());
        }
        for (Flow flow : left) {
            if (claim(flow)) {
                end(flow, new FlowEnd.Cancelled());
            }
        }
    }
}
