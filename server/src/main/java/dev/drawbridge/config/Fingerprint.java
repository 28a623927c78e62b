package dev.drawbridge.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts named parts together so that different parts can never read the same, and hashes them. */
final class Fingerprint {
    private final StringBuilder text = new StringBuilder();

    Fingerprint(String kind) {
        add("kind", kind);
    }

    Fingerprint add(String name, String value) {
        text.append(name.length())
                .append(':')
                .append(name)
                .append(value.length())
                .append(':')
                .append(value);
        return this;
    }

    Fingerprint add(String name, Optional<String> value) {
        value.ifPresent(present -> add(name, present));
        return this;
    }

    Fingerprint add(String name, Map<String, String> values) {
        add(name, String.valueOf(values.size()));
        new TreeMap<>(values).forEach(this::add);
        return this;
    }

    String hex() {
        return Sha256.hex(text.toString());
    }
}
