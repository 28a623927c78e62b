package dev.drawbridge.mcp;

import dev.drawbridge.mcp.json.RawJson;

/**
 * Who the client of a connection says it is.
 *
 * @param name {@code clientInfo.name}
 * @param version {@code clientInfo.version}
 * @param capabilities a JSON object, passed on exactly as given: never more than what the host behind it declared
 */
public record ClientProfile(String name, String version, RawJson capabilities) {}
