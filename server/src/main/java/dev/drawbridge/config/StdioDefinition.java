package dev.drawbridge.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server that is a child process and speaks over its standard input and output.
 *
 * @param env variables set over the session's own environment and over {@code envFile}
 */
public record StdioDefinition(
        String command,
        List<String> args,
        Map<String, String> env,
        Optional<String> envFile,
        Optional<String> cwd,
        CommonSettings common)
        implements ServerDefinition {
    public StdioDefinition {
        args = List.copyOf(args);
        env = Ordered.copy(env);
    }

    /** Arguments and variables can carry secrets. */
    @Override
    public String toString() {
        return "StdioDefinition[" + command + ", " + args.size() + " arguments, " + env.size() + " variables, " + common
                + "]";
    }
}
