package dev.drawbridge.proxy.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 request (RFC 9112).
 *
 * @param path the request target without its query, still percent-encoded
 * @param headers by their names in lower case, each with its values in order
 */
record RequestHead(String method, String path, Map<String, List<String>> headers) {
    RequestHead {
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(List::getFirst);
    }

    /** Whether the header comes more than once, which for most would leave open who is right. */
    boolean repeats(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).size() > 1;
    }

    /** Whether the {@code Accept} header admits the type; without one everything is admitted. */
    boolean accepts(String type) {
        List<String> values = headers.getOrDefault("accept", List.of());
        String group = type.substring(0, type.indexOf('/')) + "/*";
        return values.isEmpty()
                || values.stream()
                        .flatMap(value -> List.of(value.split(",")).stream())
                        .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                        .anyMatch(value -> value.equals(type) || value.equals(group) || value.equals("*/*"));
    }

    boolean wantsToClose() {
        return header("connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    /** Headers can be secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
