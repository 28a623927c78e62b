package dev.drawbridge.hub;

import dev.drawbridge.config.ConfigFile;
import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.config.RejectedEntry;
import dev.drawbridge.config.TextRange;
import dev.drawbridge.hub.ConfigStore.Listing;
import dev.drawbridge.hub.ConfigStore.Placed;
import dev.drawbridge.hub.ConfigStore.Refused;
import dev.drawbridge.mcp.json.JsonText;
import java.nio.file.Path;
import java.util.List;

/** Which of the configured servers a session sees, and which it brings along itself. */
@FunctionalInterface
interface Scope {
    Scope EVERYTHING = configured -> configured;

    Listing of(Listing configured);

    /**
     * One host's server alone.
     *
     * @param userFile where the user would write a given definition; the host's configuration is the user's own word
     */
    static Scope of(HostTarget target, Path userFile) {
        return switch (target) {
            case HostTarget.Configured(ServerName server) ->
                configured -> new Listing(
                        configured.usable().stream()
                                .filter(placed -> placed.name().equals(server))
                                .toList(),
                        configured.refused().stream()
                                .filter(refused -> refused.name().equals(server))
                                .toList());
            case HostTarget.Given given -> {
                Listing alone = alone(given, userFile);
                yield _ -> alone;
            }
        };
    }

    private static Listing alone(HostTarget.Given given, Path userFile) {
        String text = "{\"servers\":{" + JsonText.quote(given.server().value()) + ":"
                + given.definition().text() + "}}";
        ConfigFile read = ConfigFile.parse(userFile, text);
        ServerOrigin origin = new ServerOrigin.User(userFile);
        if (!read.servers().isEmpty()) {
            return new Listing(List.of(new Placed(given.server(), read.servers().getFirst(), origin)), List.of());
        }
        List<ConfigProblem> problems = read.problems().stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .toList();
        RejectedEntry rejected = new RejectedEntry(given.server().value(), TextRange.START_OF_FILE, problems);
        return new Listing(List.of(), List.of(new Refused(given.server(), rejected, origin)));
    }
}
