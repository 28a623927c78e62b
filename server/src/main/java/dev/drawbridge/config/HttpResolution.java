package dev.drawbridge.config;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.drawbridge.config.Expansion.Expanded;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes a remote server's definition ready: URL, headers, proxy, TLS files, sign-in. */
final class HttpResolution {
    private final HttpDefinition definition;
    private final Expansion expansion;
    private final Surroundings surroundings;
    private final Fingerprint fingerprint = new Fingerprint("http");

    HttpResolution(HttpDefinition definition, Expansion expansion, Surroundings surroundings) {
        this.definition = definition;
        this.expansion = expansion;
        this.surroundings = surroundings;
    }

    Resolved resolve() {
        Expanded url = expansion.expand(definition.url(), "/url");
        fingerprint.add("url", url.identity());
        Map<String, String> headers = headers();
        boolean dynamicHeaders = definition.headersHelper().isPresent()
                || definition.headers().values().stream()
                        .anyMatch(value -> VariableText.parse(value).hasCommand());
        OAuthSettings oauth = new OAuthResolution(definition.oauth(), expansion, fingerprint).resolve();
        TlsSettings tls = tls();
        Optional<URI> target = uri(url.value());
        Optional<URI> proxy = target.flatMap(this::proxy);
        fingerprint.add("proxy", proxy.map(URI::toString));
        fingerprint.add("connection", definition.connection().toString());
        if (expansion.usesCommands()) {
            fingerprint.add("surroundings", SharedEnvironment.of(surroundings.environment()));
            fingerprint.add("folder", surroundings.folder().toString());
        }
        return expansion
                .failure()
                .orElseGet(() -> new Resolved.Ok(
                        new ResolvedServer.Http(
                                target.orElseThrow(),
                                headers,
                                headers.keySet().stream().anyMatch("authorization"::equalsIgnoreCase),
                                oauth,
                                tls,
                                proxy,
                                definition.connection(),
                                definition.common(),
                                fingerprint.hex()),
                        dynamicHeaders));
    }

    /** The URL's text is left out of problems, for variables may have put a secret in it. */
    private Optional<URI> uri(String url) {
        Optional<String> wrong = UrlCheck.whyNotLiteral(url);
        wrong.ifPresent(why -> expansion.problem("/url", "config.badUrl", why));
        return wrong.isPresent() ? Optional.empty() : Optional.of(URI.create(url));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        Map<String, String> identities = new TreeMap<>();
        definition.headers().forEach((name, value) -> {
            String pointer = "/headers/" + Members.escape(name);
            Expanded expanded = expansion.expand(value, pointer);
            putHeader(headers, name, expanded.value(), pointer);
            identities.put(name, expanded.identity());
        });
        definition.headersHelper().ifPresent(helper -> {
            Expanded command = expansion.expand(helper, "/headersHelper");
            identities.put("\0helper", command.identity());
            expansion
                    .run(command.value(), "/headersHelper")
                    .ifPresent(output -> helperHeaders(output).forEach((name, value) -> {
                        headers.keySet().removeIf(name::equalsIgnoreCase);
                        putHeader(headers, name, value, "/headersHelper");
                    }));
        });
        fingerprint.add("headers", identities);
        return headers;
    }

    private void putHeader(Map<String, String> headers, String name, String value, String pointer) {
        HeaderCheck.whyNot(name, value).ifPresent(why -> expansion.problem(pointer, "config.badHeader", why));
        headers.put(name, value);
    }

    /** What the helper prints is a JSON object of strings. */
    private Map<String, String> helperHeaders(String output) {
        Map<String, String> headers = new LinkedHashMap<>();
        try {
            if (JsonParser.parseString(output) instanceof JsonObject object) {
                for (Map.Entry<String, JsonElement> header : object.entrySet()) {
                    headers.put(header.getKey(), header.getValue().getAsString());
                }
                return headers;
            }
        } catch (JsonParseException | UnsupportedOperationException | IllegalStateException e) {
            // Gson's message could quote the output, which is a secret; the sentence below says enough.
        }
        expansion.problem(
                "/headersHelper",
                "config.commandFailed",
                "The headers helper must print a JSON object with header names and texts.");
        return Map.of();
    }

    private TlsSettings tls() {
        TlsSettings tls = definition.tls();
        return new TlsSettings(
                file(tls.caFile(), "caFile"),
                file(tls.certFile(), "certFile"),
                file(tls.keyFile(), "keyFile"),
                expansion.expand(tls.keyPassword(), "/tls/keyPassword").map(password -> {
                    fingerprint.add("keyPassword", password.identity());
                    return password.value();
                }));
    }

    private Optional<String> file(Optional<String> path, String key) {
        return expansion
                .expand(path, "/tls/" + key)
                .flatMap(text -> expansion.path(text.value(), "/tls/" + key))
                .map(file -> {
                    fingerprint.add(key, file.toString());
                    return file.toString();
                });
    }

    private Optional<URI> proxy(URI target) {
        if (definition.proxy().isEmpty()) {
            return EnvironmentProxy.forUrl(target, surroundings.environment());
        }
        String configured = expansion.expand(definition.proxy().get(), "/proxy").value();
        if (configured.isBlank() || configured.equalsIgnoreCase("none")) {
            return Optional.empty();
        }
        Optional<URI> proxy = EnvironmentProxy.parse(configured);
        if (proxy.isEmpty()) {
            expansion.problem(
                    "/proxy", "config.badUrl", "The proxy is written http://host:port, or \"none\" to go without.");
        }
        return proxy;
    }
}
