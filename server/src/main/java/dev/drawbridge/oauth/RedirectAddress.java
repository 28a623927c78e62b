package dev.drawbridge.oauth;

import dev.drawbridge.oauth.flow.CallbackServer;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where the browser is to return (RFC 8252 section 7.3): the configured address byte for byte, else this machine at a port
 * that is listened on already when the address is made. The port we are registered with comes first, so that the address
 * is the same after a restart.
 */
record RedirectAddress(URI uri, Optional<CallbackServer.Lease> lease) implements AutoCloseable {
    static RedirectAddress open(
            ClientSettings settings, CallbackSettings callback, CallbackServer server, Optional<URI> registered)
            throws AuthorizationFailed {
        if (settings.redirectUri().isPresent()) {
            URI uri = Origin.endpoint(settings.redirectUri().get().toString(), "redirect URI");
            if (!"http".equalsIgnoreCase(uri.getScheme())) {
                // Somebody else brings the answer: an editor's own callback, or a person who pastes the address.
                return new RedirectAddress(uri, Optional.empty());
            }
            int port = uri.getPort() < 0 ? 80 : uri.getPort();
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return new RedirectAddress(uri, Optional.of(server.listen(Optional.empty(), List.of(port), path)));
        }
        List<Integer> ports = settings.callbackPort().map(List::of).orElse(callback.ports());
        CallbackServer.Lease lease =
                server.listen(registered.map(URI::getPort).filter(port -> port > 0), ports, callback.path());
        return new RedirectAddress(uri(lease.port(), callback), Optional.of(lease));
    }

    /** The address a client is registered with for a flow that needs none. */
    static URI nominal(ClientSettings settings, CallbackSettings callback) {
        return settings.redirectUri()
                .orElseGet(() ->
                        uri(settings.callbackPort().orElse(callback.ports().getFirst()), callback));
    }

    private static URI uri(int port, CallbackSettings callback) {
        return URI.create("http://127.0.0.1:" + port + callback.path());
    }

    @Override
    public void close() {
        lease.ifPresent(CallbackServer.Lease::close);
    }
}
