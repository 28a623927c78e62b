// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.time.Instant;
import java.util.Objects;

/** What a server is doing, as a person sees it. */
public sealed interface ServerState {
    /** Switched off by the user. Nothing is tried. */
    record Disabled() implements ServerState {}

    /**
     * Brought by a workspace file and not approved yet.
     *
     * @param definitionDigest Names exactly the definition that an approval would cover; to be handed to {@code
     * mcp/approve}.
     */
    record Untrusted(String definitionDigest) implements ServerState {
        public Untrusted {
            Objects.requireNonNull(definitionDigest, "definitionDigest");
        }
    }

    /** Idle on the user's word. {@code mcp/connect} starts it. */
    record Stopped() implements ServerState {}

    /**
     * A connection is being made.
     *
     * @param since Since when.
     */
    record Connecting(Instant since) implements ServerState {
        public Connecting {
            Objects.requireNonNull(since, "since");
        }
    }

    /**
     * Nothing goes on until the user signs in.
     *
     * @param reason Why.
     */
    record AuthRequired(AuthReason reason) implements ServerState {
        public AuthRequired {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * A person is signing in.
     *
     * @param flow The running flow.
     */
    record Authenticating(SignInFlow flow) implements ServerState {
        public Authenticating {
            Objects.requireNonNull(flow, "flow");
        }
    }

    /**
     * The server answers.
     *
     * @param since Since when.
     */
    record Connected(Instant since) implements ServerState {
        public Connected {
            Objects.requireNonNull(since, "since");
        }
    }

    /**
     * A passing failure. The next attempt starts by itself.
     *
     * @param failure What failed last.
     * @param attempt How many attempts in a row failed.
     * @param nextAttempt When the next one starts.
     */
    record Retrying(Failure failure, int attempt, Instant nextAttempt) implements ServerState {
        public Retrying {
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(nextAttempt, "nextAttempt");
        }
    }

    /**
     * A failure that only the user can mend.
     *
     * @param failure What failed, and what to do.
     */
    record Failed(Failure failure) implements ServerState {
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }
    }
}
