package dev.drawbridge.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The HTTP proxy that {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY} choose, in either case. */
final class EnvironmentProxy {
    private EnvironmentProxy() {}

    static Optional<URI> forUrl(URI url, Map<String, String> environment) {
        if (UrlCheck.isLoopback(url.getHost()) || isExcluded(url, environment)) {
            return Optional.empty();
        }
        // case.
        List<String> names = url.getScheme().equalsIgnoreCase("https")
                ? List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
                : List.of("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY");
        return names.stream()
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .flatMap(EnvironmentProxy::parse);
    }

    /** A proxy's URL; the scheme may be left out. Only HTTP proxies are spoken to. */
    static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text.strip() : "http://" + text.strip());
            boolean usable = "http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null;
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isExcluded(URI url, Map<String, String> environment) {
        String list = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        String host = url.getHost().toLowerCase(Locale.ROOT);
        for (String item : list.split("[,\\s]+")) {
            String name = item.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
            if (item.equals("*") || !name.isEmpty() && matches(host, url.getPort(), name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String host, int port, String name) {
        return host.equals(name) || host.endsWith("." + name) || (host + ":" + port).equals(name);
    }
}
