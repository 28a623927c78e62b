// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonObject;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/** What a server asks a person for (MCP's {@code elicitation/create}). */
public sealed interface ElicitRequest {
    /**
     * Values, by a form.
     *
     * @param message What they are for.
     * @param requestedSchema MCP's restricted JSON Schema of a flat object, untouched.
     */
    record Form(String message, JsonObject requestedSchema) implements ElicitRequest {
        public Form {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(requestedSchema, "requestedSchema");
        }
    }

    /**
     * A visit to an address, which no client opens before the person agreed.
     *
     * @param message What it is for.
     * @param url The address, to be shown whole.
     * @param elicitationId The server's name for it.
     */
    record Url(String message, URI url, Optional<String> elicitationId) implements ElicitRequest {
        public Url {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(elicitationId, "elicitationId");
        }
    }
}
