package dev.drawbridge.proxy;

import java.util.List;

/**
 * What a host's command line wants of its session.
 *
 * @param ignoredTools patterns of tools the host is not to see
 * @param openBrowser whether a sign-in that becomes necessary opens the browser without anybody asking
 */
public record HostOptions(List<String> ignoredTools, boolean openBrowser) {
    public static final HostOptions DEFAULT = new HostOptions(List.of(), false);

    public HostOptions {
        ignoredTools = List.copyOf(ignoredTools);
    }
}
