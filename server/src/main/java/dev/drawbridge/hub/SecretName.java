package dev.drawbridge.hub;

/** The name of a value a user keeps for variables of configuration files. */
public sealed interface SecretName {
    /** Under which the token store keeps it. */
    String storeName();

    /** {@code ${keyring:name}}. */
    record Keyring(String name) implements SecretName {
        @Override
        public String storeName() {
            return "user/" + name;
        }
    }

    /** {@code ${input:id}}. */
    record Input(String id) implements SecretName {
        @Override
        public String storeName() {
            return "input/" + id;
        }
    }
}
