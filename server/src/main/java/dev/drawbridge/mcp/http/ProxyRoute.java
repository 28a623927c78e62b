package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.HttpOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which requests go through the configured HTTP proxy, and how it is authenticated to (RFC 9110 section 11.7). */
final class ProxyRoute extends ProxySelector {
    private final Optional<HttpOptions.Proxy> proxy;

    ProxyRoute(Optional<HttpOptions.Proxy> proxy) {
        this.proxy = proxy;
    }

    @Override
    public List<Proxy> select(URI uri) {
        if (!isProxied(uri)) {
            return List.of(Proxy.NO_PROXY);
        }
        URI address = proxy.orElseThrow().address();
        int port = address.getPort() >= 0 ? address.getPort() : 80;
        return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The request itself reports it.
    }

    boolean isProxied(URI uri) {
        return proxy.isPresent() && proxy.get().except().stream().noneMatch(entry -> matches(entry, uri));
    }

    /** The {@code Proxy-Authorization} value; sent at once, for the client never asks when a tunnel is refused. */
    Optional<String> authorization(URI uri) {
        if (!isProxied(uri)) {
            return Optional.empty();
        }
        return Optional.ofNullable(proxy.orElseThrow().address().getUserInfo())
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    /** The forms in common use in {@code NO_PROXY}: {@code *}, {@code host}, {@code .suffix}, each with an optional port. */
    private static boolean matches(String entry, URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        String rule = entry.strip().toLowerCase(Locale.ROOT);
        if (rule.equals("*")) {
            return true;
        }
        int colon = rule.lastIndexOf(':');
        if (colon > 0 && rule.indexOf(':') == colon) {
            int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
            if (!rule.substring(colon + 1).equals(String.valueOf(port))) {
                return false;
            }
            rule = rule.substring(0, colon);
        }
        if (rule.startsWith("*.")) {
            rule = rule.substring(1);
        }
        String suffix = rule.startsWith(".") ? rule : "." + rule;
        return !rule.isEmpty() && (host.equals(rule) || host.endsWith(suffix));
    }
}
