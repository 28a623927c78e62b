package dev.drawbridge.hub;

import dev.drawbridge.hub.ConfigStore.Placed;
import dev.drawbridge.hub.ConfigStore.Refused;
import dev.drawbridge.hub.ServerView.CatalogCounts;
import java.util.Optional;
import java.util.Set;

/** What stands behind one name of a session's list. */
sealed interface Binding {
    ServerView view();

    /** The entry, when it is usable. */
    Optional<Placed> entry();

    /** An entry with an error in it. */
    record Rejected(Refused refused) implements Binding {
        @Override
        public Optional<Placed> entry() {
            return Optional.empty();
        }

        @Override
        public ServerView view() {
            return new ServerView(
                    refused.name(),
                    refused.origin(),
                    ServerView.Transport.STDIO,
                    "",
                    new ServerState.Failed(Remedies.of(
                            refused.origin().file(), refused.entry().problems().getFirst())),
                    new AuthenticationState.None(),
                    Optional.empty(),
                    CatalogCounts.NONE,
                    Set.of());
        }
    }

    /** Nothing runs: the entry is off, unapproved, broken, or its values are being looked up. */
    record Idle(Placed placed, ServerState state) implements Binding {
        @Override
        public Optional<Placed> entry() {
            return Optional.of(placed);
        }

        @Override
        public ServerView view() {
            return new ServerView(
                    placed.name(),
                    placed.origin(),
                    Definitions.transport(placed.entry().definition()),
                    Definitions.target(placed.entry().definition()),
                    state,
                    new AuthenticationState.None(),
                    Optional.empty(),
                    CatalogCounts.NONE,
                    Set.copyOf(placed.entry().definition().common().disabledTools()));
        }
    }

    /** A server that runs, perhaps for other sessions too. */
    record Live(Placed placed, ServerInstance instance, ServerInstance.Observer observer) implements Binding {
        @Override
        public Optional<Placed> entry() {
            return Optional.of(placed);
        }

        @Override
        public ServerView view() {
            ServerInstance.Snapshot now = instance.snapshot();
            return new ServerView(
                    placed.name(),
                    placed.origin(),
                    instance.link().transport(),
                    Definitions.target(placed.entry().definition()),
                    now.state(),
                    instance.authentication(),
                    now.identity(),
                    instance.counts(),
                    instance.link().disabledTools());
        }
    }
}
