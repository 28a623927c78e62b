package dev.drawbridge.mcp;

import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/**
 * What another connection to the same server has found out, and this one need not ask again. In the stateless era that is
 * all there is to opening a connection; changes of the lists are the other connection's to hear of.
 *
 * @param tools the server's tools, a JSON array, where they have been read: they tell which headers a call needs
 */
public record Known(Negotiated negotiated, Optional<RawJson> tools) {}
