package dev.drawbridge.oauth.flow;

import dev.drawbridge.oauth.FlowEnd;
import dev.drawbridge.oauth.FlowView;
import dev.drawbridge.oauth.IssuerIdentification;
import dev.drawbridge.oauth.Method;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreName;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything a flow needs until its end, decided before a browser is sent anywhere (requirement 28).
 *
 * @param credential what it will fill; one flow at a time for each
 * @param state ties the browser's return to this flow; empty in a device flow, which no browser returns to
 * @param issuer who the browser is sent to
 * @param released told of the end before anybody else, whatever it is
 */
public record FlowPlan(
        FlowView view,
        StoreName credential,
        Method method,
        Optional<Secret> state,
        IssuerIdentification issuer,
        Redemption redemption,
        Consumer<FlowEnd> released) {}
