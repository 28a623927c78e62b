package dev.drawbridge.proxy;

import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.SignInFlow;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/** Has the relay open the browser when a sign-in becomes necessary, once per flow, for who has asked for that. */
final class BrowserWish {
    private final boolean wanted;
    private final SignInOffer offer;
    private final HostWire wire;
    private Optional<FlowId> last = Optional.empty();

    BrowserWish(boolean wanted, SignInOffer offer, HostWire wire) {
        this.wanted = wanted;
        this.offer = offer;
        this.wire = wire;
    }

    void signInNeeded() {
        if (wanted) {
            Thread.ofVirtual().name("open-browser").start(this::open);
        }
    }

    private void open() {
        if (offer.flow("") instanceof Outcome.Success<SignInFlow>(SignInFlow flow)) {
            begun(flow);
        }
    }

    /** A sign-in was begun for the host. */
    void begun(SignInFlow flow) {
        if (wanted && isNew(flow.id())) {
            wire.notification(
                    HostWire.OPEN_BROWSER,
                    RawJson.of(
                            "{\"url\":" + JsonText.quote(flow.authorizationUrl().toString()) + "}"),
                    Optional.empty());
        }
    }

    private synchronized boolean isNew(FlowId flow) {
        boolean fresh = !last.equals(Optional.of(flow));
        last = Optional.of(flow);
        return fresh;
    }
}
