package dev.drawbridge.oauth;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses at which metadata may be, in the order the specification asks (requirements 4, 6, 7): pure functions
 * (RFC 9728 section 3.1, RFC 8414 section 3.1, OpenID Connect Discovery 1.0 section 4).
 */
final class MetadataCandidates {
    private static final String RESOURCE = "/.well-known/oauth-protected-resource";
    private static final String SERVER = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    private MetadataCandidates() {}

    /** Path inserted, then root. */
    static List<URI> protectedResource(URI resource) {
        String origin = Origin.of(resource);
        String path = path(resource);
        List<URI> candidates = new ArrayList<>();
        if (!path.isEmpty()) {
            String query = resource.getRawQuery() == null ? "" : "?" + resource.getRawQuery();
            candidates.add(URI.create(origin + RESOURCE + path + query));
        }
        candidates.add(URI.create(origin + RESOURCE));
        return candidates;
    }

    /** RFC 8414 with the path inserted, then OpenID with the path inserted, then OpenID with it appended. */
    static List<URI> authorizationServer(URI issuer) {
        String origin = Origin.of(issuer);
        String path = path(issuer);
        List<URI> candidates = new ArrayList<>();
        candidates.add(URI.create(origin + SERVER + path));
        candidates.add(URI.create(origin + OPENID + path));
        if (!path.isEmpty()) {
            candidates.add(URI.create(origin + path + OPENID));
        }
        return candidates;
    }

    private static String path(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
