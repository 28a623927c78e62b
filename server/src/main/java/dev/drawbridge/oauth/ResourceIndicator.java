package dev.drawbridge.oauth;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code resource} parameter of authorization, token and refresh requests (RFC 8707, requirement 32): what the metadata
 * says, byte for byte, so that a resource without a path gets no slash; else the server's canonical URI. Where nothing is
 * discovered, nothing is known of the resource either, and only a configured one is sent.
 */
final class ResourceIndicator {
    private ResourceIndicator() {}

    static Optional<String> select(Target target, Optional<ProtectedResourceMetadata> metadata) {
        return switch (target.client().resource()) {
            case ResourceSetting.Omitted() -> Optional.empty();
            case ResourceSetting.Fixed(URI resource) -> Optional.of(resource.toString());
            case ResourceSetting.Automatic()
            when target.client().tokenEndpoint().isPresent() -> Optional.empty();
            case ResourceSetting.Automatic() ->
                Optional.of(
                        metadata.map(ProtectedResourceMetadata::resource).orElseGet(() -> canonical(target.server())));
        };
    }

    /** Scheme and host in lower case, no fragment, and no slash after a bare host. */
    static String canonical(URI server) {
        String path = server.getRawPath() == null || server.getRawPath().equals("/") ? "" : server.getRawPath();
        String query = server.getRawQuery() == null ? "" : "?" + server.getRawQuery();
        return server.getScheme().toLowerCase(Locale.ROOT) + "://"
                + server.getRawAuthority().toLowerCase(Locale.ROOT) + path + query;
    }
}
