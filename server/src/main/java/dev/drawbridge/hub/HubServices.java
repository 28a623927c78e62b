package dev.drawbridge.hub;

import dev.drawbridge.mcp.Connector;
import dev.drawbridge.oauth.Authorization;
import java.time.InstantSource;

/** What every part of the hub leans on; one set per daemon. */
record HubServices(
        Connector connector,
        Authorization authorization,
        TargetClients clients,
        InstantSource clock,
        Backoff backoff,
        RetryTimer retries,
        NetworkWatch network,
        ServerMemory memory,
        EventLog log) {}
