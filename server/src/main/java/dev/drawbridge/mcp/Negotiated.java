package dev.drawbridge.mcp;

import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/**
 * What client and server agreed on.
 *
 * @param protocolVersion worth remembering: given to the next attempt it saves the probing
 * @param capabilities the server's, untouched
 */
public record Negotiated(
        Era era,
        String protocolVersion,
        RawJson capabilities,
        Optional<RawJson> serverInfo,
        Optional<String> instructions) {
    /** The same without what may be meant for one user alone. */
    public Negotiated withoutInstructions() {
        return new Negotiated(era, protocolVersion, capabilities, serverInfo, Optional.empty());
    }
}
