package dev.drawbridge.oauth.flow;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The query of an authorization response (RFC 6749 section 4.1.2). Parameters must not repeat (section 3.1): one that does
 * counts as absent, since two readers could take different ones.
 */
public record CallbackParameters(Map<String, List<String>> values) {
    private static final int LIMIT = 64;

    public static CallbackParameters parse(String rawQuery) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", LIMIT)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.computeIfAbsent(decode(pair.substring(0, equals)), name -> new ArrayList<>())
                        .add(decode(pair.substring(equals + 1)));
            }
        }
        return new CallbackParameters(values);
    }

    Optional<String> single(String name) {
        List<String> found = all(name);
        return found.size() == 1 && !found.getFirst().isEmpty() ? Optional.of(found.getFirst()) : Optional.empty();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Only the names: the values are secrets. */
    @Override
    public String toString() {
        return "CallbackParameters" + values.keySet();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
