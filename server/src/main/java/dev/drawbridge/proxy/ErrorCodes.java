package dev.drawbridge.proxy;

import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Locale;
import java.util.Optional;

/** The error codes that the two eras spell differently (SEP-2164, SEP-2575); words and data stay the server's. */
final class ErrorCodes {
    static final long INTERNAL_ERROR = -32603;
    static final long MISSING_CAPABILITY = -32021;

    private static final long RESOURCE_NOT_FOUND = -32002;
    private static final long INVALID_PARAMS = -32602;
    private static final long FIRST_OF_THE_STATELESS_ERA = -32022;
    private static final long LAST_OF_THE_STATELESS_ERA = -32020;

    private ErrorCodes() {}

    /** An error of a stateless server, for a host of the {@code initialize} era. */
    static Reply.Refusal forInitialize(String method, Reply.Refusal error) {
        if (error.code() >= FIRST_OF_THE_STATELESS_ERA && error.code() <= LAST_OF_THE_STATELESS_ERA) {
            return with(INTERNAL_ERROR, error);
        }
        return method.equals("resources/read") && error.code() == INVALID_PARAMS && saysNotFound(error)
                ? with(RESOURCE_NOT_FOUND, error)
                : error;
    }

    /** The other way round. */
    static Reply.Refusal forStateless(String method, Reply.Refusal error) {
        return method.equals("resources/read") && error.code() == RESOURCE_NOT_FOUND
                ? with(INVALID_PARAMS, error)
                : error;
    }

    /** The newer code stands for any bad parameter; a missing resource is named in the data, or in words. */
    private static boolean saysNotFound(Reply.Refusal error) {
        return error.message().toLowerCase(Locale.ROOT).contains("not found")
                || error.data().filter(ErrorCodes::namesResource).isPresent();
    }

    private static boolean namesResource(RawJson data) {
        try {
            return data.bytes()[0] == '{' && JsonSlices.ofObject(data.bytes()).has("uri");
        } catch (MalformedJson e) {
            return false;
        }
    }

    private static Reply.Refusal with(long code, Reply.Refusal error) {
        return new Reply.Refusal(code, error.message(), error.data());
    }

    /** The host would have to be able to open pages. */
    static Reply.Refusal needsUrlElicitation(String message) {
        return new Reply.Refusal(
                MISSING_CAPABILITY,
                message,
                Optional.of(RawJson.of("{\"requiredCapabilities\":{\"elicitation\":{\"url\":{}}}}")));
    }
}
