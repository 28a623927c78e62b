package dev.drawbridge.hub;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * One running sign-in; everybody who asks for the same credential meanwhile joins it.
 *
 * @param id names the flow
 * @param server the server it is for
 * @param authorizationUrl what the browser opens: the authorization URL, or the device verification page
 * @param expiresAt when the flow gives up
 * @param userCode what the person types at the page, in a device flow (RFC 8628)
 */
public record SignInFlow(
        FlowId id, ServerName server, URI authorizationUrl, Instant expiresAt, Optional<String> userCode) {}
