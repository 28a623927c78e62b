// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of {@code mcp/storeSecret}.
 *
 * @param kind Which variable the value is for.
 * @param name The name after the colon of the variable.
 * @param value The value; when absent, what was kept is forgotten.
 */
public record StoreSecretParams(SecretKind kind, String name, Optional<String> value) {
    public StoreSecretParams {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return "StoreSecretParams[kind=" + kind + ", name=" + name + ", value=***]";
    }
}
