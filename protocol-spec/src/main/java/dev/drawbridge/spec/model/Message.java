package dev.drawbridge.spec.model;

import java.util.List;
import java.util.Optional;

/**
 * One message.
 *
 * @param params the structure of its parameters, which are always an object
 * @param result the structure of a request's answer; empty for a notification
 * @param errors the names of the error codes a request can be answered with, besides those of JSON-RPC and LSP
 * @param since the version of the protocol that brought it
 * @param fallback what an editor gets that knows standard LSP only
 */
public record Message(
        String method,
        Direction direction,
        String params,
        Optional<String> result,
        List<String> errors,
        String since,
        String documentation,
        String fallback) {
    public Message {
        errors = List.copyOf(errors);
    }

    /** The method without its prefix: {@code listTools}. */
    public String shortName() {
        return method.substring(method.indexOf('/') + 1);
    }

    public boolean isRequest() {
        return result.isPresent();
    }

    /** Who sends it. */
    public enum Direction {
        CLIENT_TO_SERVER,
        SERVER_TO_CLIENT
    }
}
