package dev.drawbridge.config;

/** Finds the value of {@code ${keyring:name}}; may block until its own deadline. */
@FunctionalInterface
public interface SecretLookup {
    LookupResult find(String name);
}
