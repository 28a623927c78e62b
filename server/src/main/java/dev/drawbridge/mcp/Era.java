package dev.drawbridge.mcp;

/** The two families of protocol revisions. */
public enum Era {
    /** 2026-07-28 and later: no handshake, every request describes itself. */
    STATELESS,
    /** 2024-11-05 to 2025-11-25: {@code initialize} opens a session. */
    INITIALIZE
}
