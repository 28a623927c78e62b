package dev.drawbridge.mcp;

import java.net.URI;
import java.util.Optional;

/**
 * An expected failure between us and a server.
 *
 * @param code stable, such as {@code mcp.unreachable}
 * @param message one sentence: what happened; never a secret
 * @param action one thing the user can do about it, as a sentence
 * @param passing whether waiting may cure it, so that trying again makes sense
 * @param url the address that failed, when there is one
 */
public record McpFailure(String code, String message, String action, boolean passing, Optional<URI> url) {}
