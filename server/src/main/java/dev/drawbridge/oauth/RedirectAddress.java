package dev.drawbridge.oauth;

import dev.drawbridge.oauth.flow.CallbackServer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where the browser is to return (RFC 8252 section 7.3): the configured address byte for byte, else this machine at a port
 * that is listened on already when the address is made. The port we are registered with comes first, so that the address
 * is the same after a restart.
 *
 * @param external the browser reaches the listener by another machine's address
 */
record RedirectAddress(URI uri, Optional<CallbackServer.Lease> lease, boolean external) implements AutoCloseable {
    private static final int LIMIT = 2048;

    static RedirectAddress open(
            ClientSettings settings, CallbackSettings callback, CallbackServer server, Optional<URI> registered)
            throws AuthorizationFailed {
        if (settings.redirectUri().isPresent()) {
            URI uri = Origin.endpoint(settings.redirectUri().get().toString(), "redirect URI");
            if (!"http".equalsIgnoreCase(uri.getScheme())) {
                // Somebody else brings the answer: an editor's own callback, or a person who pastes the address.
                return new RedirectAddress(uri, Optional.empty(), false);
            }
            int port = uri.getPort() < 0 ? 80 : uri.getPort();
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return new RedirectAddress(uri, Optional.of(server.listen(Optional.empty(), List.of(port), path)), false);
        }
        List<Integer> ports = settings.callbackPort().map(List::of).orElse(callback.ports());
        CallbackServer.Lease lease =
                server.listen(registered.map(URI::getPort).filter(port -> port > 0), ports, callback.path());
        return new RedirectAddress(uri(lease.port(), callback), Optional.of(lease), false);
    }

    /** The address a client is registered with for a flow that needs none. */
    static RedirectAddress nominal(ClientSettings settings, CallbackSettings callback, Optional<URI> registered) {
        URI uri = registered
                .or(settings::redirectUri)
                .orElseGet(() ->
                        uri(settings.callbackPort().orElse(callback.ports().getFirst()), callback));
        return new RedirectAddress(uri, Optional.empty(), false);
    }

    /** The same listener as a browser on another machine finds it; takes over the lease. */
    RedirectAddress seenFrom(UnaryOperator<URI> elsewhere) throws AuthorizationFailed {
        URI seen = elsewhere.apply(uri);
        if (seen.equals(uri)) {
            return this;
        }
        if (!Origin.isAllowed(seen) || seen.toString().length() > LIMIT) {
            throw new AuthorizationFailed(OAuthFailure.lasting(
                    "oauth.redirectUriInvalid",
                    "The editor's callback address is neither https nor http on this machine: "
                            + Text.excerpt(Origin.shown(seen).toString()),
                    "Update the editor's extension, or sign in with a device code."));
        }
        lease.ifPresent(open -> open.reachedBy(seen));
        return new RedirectAddress(seen, lease, true);
    }

    private static URI uri(int port, CallbackSettings callback) {
        return URI.create("http://127.0.0.1:" + port + callback.path());
    }

    @Override
    public void close() {
        lease.ifPresent(CallbackServer.Lease::close);
    }
}
