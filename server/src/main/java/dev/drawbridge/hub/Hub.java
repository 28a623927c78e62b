package dev.drawbridge.hub;

/** The shared heart of the daemon: servers, connections and sign-ins of every attached session. */
public interface Hub extends AutoCloseable {
    /** Attaches a session. Answers at once: servers are read and started behind the call, and told through the listener. */
    HubSession attach(SessionContext context, SessionListener listener);

    /** Whether somebody is in the middle of a sign-in; it may outlast the session that began it. */
    boolean signInsRunning();

    /** Attaches an AI host, which sees one server and has an MCP session of its own there. */
    HostSession attachHost(SessionContext context, HostTarget target, SessionListener listener);

    /** Closes every connection and child process within a few seconds. */
    @Override
    void close();
}
