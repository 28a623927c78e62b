package dev.drawbridge.proxy;

import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/** The end of one of the host's requests. */
sealed interface Reply {
    record Result(RawJson result) implements Reply {}

    record Refusal(long code, String message, Optional<RawJson> data) implements Reply {}

    /** The host gave the request up and wants to hear no more of it. */
    record Nothing() implements Reply {}
}
