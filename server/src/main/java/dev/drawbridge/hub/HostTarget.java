package dev.drawbridge.hub;

import dev.drawbridge.mcp.json.RawJson;

/** The one server an AI host attaches to. */
public sealed interface HostTarget {
    ServerName server();

    /** A server from a configuration file. */
    record Configured(ServerName server) implements HostTarget {}

    /** A server that only the host's own configuration names; the definition is what an entry of mcp.json would be. */
    record Given(ServerName server, RawJson definition) implements HostTarget {}
}
