// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import com.google.gson.JsonObject;
import java.util.Objects;
import java.util.Optional;

/** What the person answered. */
public sealed interface ElicitResult {
    /**
     * The person agreed.
     *
     * @param content The values of a form; absent for a URL.
     */
    record Accept(Optional<JsonObject> content) implements ElicitResult {
        public Accept {
            Objects.requireNonNull(content, "content");
        }

        @Override
        public String toString() {
            return "Accept[content=***]";
        }
    }

    /** The person said no. */
    record Decline() implements ElicitResult {}

    /** The person closed the question without an answer. */
    record Cancel() implements ElicitResult {}
}
