package dev.drawbridge.config;

import java.util.List;

/** What {@link Interpolation} made of an entry. */
public sealed interface Resolved {
    /**
     * Every variable had a value.
     *
     * @param dynamicHeaders a header comes from a command: after a 401, {@link Interpolation#resolve} again runs it again
     */
    record Ok(ResolvedServer server, boolean dynamicHeaders) implements Resolved {}

    /**
     * Something was missing.
     *
     * @param missingInputs ids of {@code ${input:…}} the user has not answered yet; asking and resolving again may help
     */
    record Failed(List<ConfigProblem> problems, List<String> missingInputs) implements Resolved {
        public Failed {
            problems = List.copyOf(problems);
            missingInputs = List.copyOf(missingInputs);
        }
    }
}
