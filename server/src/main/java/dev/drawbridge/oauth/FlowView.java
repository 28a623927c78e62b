package dev.drawbridge.oauth;

import dev.drawbridge.oauth.flow.FlowId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * One running sign-in.
 *
 * @param authorizationUrl what the browser opens: the authorization request, or the device verification page
 * @param expiresAt when the flow gives up
 * @param userCode what the person types at the page, in a device flow
 */
public record FlowView(FlowId id, Target target, URI authorizationUrl, Instant expiresAt, Optional<String> userCode) {}
