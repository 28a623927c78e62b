package dev.drawbridge.cli.demo;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Lets only requests with a valid access token for this resource through (RFC 6750), and tells the others where to get one
 * (RFC 9728 section 5.1).
 */
final class BearerFilter extends HttpFilter {
    /** The request attribute with the name of whoever is signed in. */
    static final String LOGIN = "login";

    private static final long serialVersionUID = 1L;
    private static final String SCHEME = "bearer ";

    private final transient BiFunction<String, URI, Optional<DemoGrants.Grant>> check;
    private final URI resource;
    private final URI metadata;

    BearerFilter(BiFunction<String, URI, Optional<DemoGrants.Grant>> check, URI resource, URI metadata) {
        this.check = check;
        this.resource = resource;
        this.metadata = metadata;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String host = request.getHeader("Host");
        if (!resource.getAuthority().equals(host)) {
            response.sendError(421);
            return;
        }
        String authorization =
                Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        Optional<DemoGrants.Grant> grant =
                bearer ? check.apply(authorization.substring(SCHEME.length()).strip(), resource) : Optional.empty();
        if (grant.isEmpty()) {
            response.setHeader(
                    "WWW-Authenticate",
                    "Bearer " + (bearer ? "error=\"invalid_token\", " : "") + "resource_metadata=\"" + metadata
                            + "\", scope=\"" + DemoAuthorizationServer.SCOPE + "\"");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        request.setAttribute(LOGIN, grant.get().login());
        chain.doFilter(request, response);
    }
}
