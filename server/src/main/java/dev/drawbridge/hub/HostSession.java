package dev.drawbridge.hub;

import dev.drawbridge.mcp.ClientProfile;
import dev.drawbridge.mcp.ConnectionListener;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.Optional;

/**
 * One attached AI host, as the hub serves it: one server, a session with it of the host's own, and the machine's sign-in.
 * Nothing here but {@link #open}, the sign-ins and {@link #view} waits, and those have deadlines.
 */
public interface HostSession extends AutoCloseable {
    /** The server as it is now, waited for until the configuration has been read; empty when there is none of that name. */
    Optional<ServerView> view();

    /** Whose lists a kind of host gets. */
    enum Lists {
        /** The server's answers to this kind of host have not been compared yet. */
        UNKNOWN,
        /** Everybody's. */
        SHARED,
        /** Those of its own session. */
        OWN
    }

    /** What was agreed with the server when Drawbridge last reached it; waits a moment right after attaching. */
    Optional<Negotiated> negotiated();

    /** A list as Drawbridge last read it, if it ever did; what was read with another sign-in is not among it. */
    Optional<RawJson> lastKnown(CatalogKind kind);

    /** How often the server has said that a list has changed, and it was read for that; it may have stayed the same. */
    int announcements(CatalogKind kind);

    /**
     * A list as it was known before the daemon began, for as long as the server has not been heard: whoever gets it is told
     * when it turns out to be another. Waits a moment right after attaching.
     */
    Optional<RawJson> recalled(CatalogKind kind);

    /**
     * A list as the server would answer it now, from the shared connection: read already, or read now for everybody. Waits
     * for the server as {@link #open} does, but no longer than the limit.
     */
    Outcome<RawJson> list(CatalogKind kind, Duration limit);

    /** Whether hosts with these capabilities may be answered with the shared lists. */
    Lists lists(RawJson capabilities);

    void noteLists(RawJson capabilities, Lists lists);

    /**
     * Opens the host's own session. Waits while the server is being reached, and never for a person: without a sign-in the
     * failure's code is {@code auth.signInNeeded} or {@code auth.signInRunning}.
     */
    Outcome<HostConnection> open(ClientProfile host, ConnectionListener listener);

    /** Starts a sign-in or joins the running one, for a person who is about to open its page. */
    Outcome<SignInFlow> authenticate();

    /**
     * Starts a sign-in or joins the running one, whose page nobody may ever look at: the editors are told who needs it.
     *
     * @param requestedBy such as {@code codecompanion called github/create_issue}
     */
    Outcome<SignInFlow> prepareSignIn(String requestedBy);

    @Override
    void close();
}
