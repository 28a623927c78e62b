package dev.drawbridge.daemon;

import dev.drawbridge.mcp.json.RawJson;
import java.util.Map;

/** What the daemon's process does beside its sessions. */
interface Sideline {
    /** The daemon is the user's only one and serves now. */
    void begin();

    /** Whether something goes on that must not end with the last session; asked now and then while nobody is attached. */
    boolean isBusy();

    /** What {@code drawbridge status} is told of it, by the names of the members. */
    Map<String, RawJson> status();
}
