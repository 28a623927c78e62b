package dev.drawbridge.config;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What every kind of server can be told.
 *
 * @param disabledTools names of tools that are neither listed nor callable
 * @param timeout for one request, when the file names one
 */
public record CommonSettings(
        boolean disabled, Set<String> disabledTools, Optional<Duration> timeout, Optional<String> description) {
    public static final CommonSettings DEFAULTS =
            new CommonSettings(false, Set.of(), Optional.empty(), Optional.empty());

    public CommonSettings {
        disabledTools = Set.copyOf(disabledTools);
    }
}
