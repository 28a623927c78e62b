package dev.drawbridge.proxy.http;

import dev.drawbridge.hub.ServerName;
import dev.drawbridge.proxy.HostConversation;
import dev.drawbridge.proxy.HostWire;
import java.util.Optional;

/** Attaches hosts of the local endpoint to the hub. */
@FunctionalInterface
public interface HttpHosts {
    /**
     * @param server the server it wants; none for all of them
     * @param client who the host says it is
     */
    HostConversation open(Optional<ServerName> server, String client, HostWire wire);
}
