package dev.drawbridge.hub;

import dev.drawbridge.config.ConnectionSettings;
import dev.drawbridge.config.HttpDefinition;
import dev.drawbridge.config.ServerDefinition;
import dev.drawbridge.config.StdioDefinition;

/** A definition as it may be shown: as the file spells it, so that a variable's value is never told. */
final class Definitions {
    private Definitions() {}

    static ServerView.Transport transport(ServerDefinition definition) {
        return switch (definition) {
            case HttpDefinition http -> transport(http.connection());
            case StdioDefinition _ -> ServerView.Transport.STDIO;
        };
    }

    /** The one tried first. */
    static ServerView.Transport transport(ConnectionSettings connection) {
        return switch (connection.transport()) {
            case HTTP_FIRST, HTTP_ONLY -> ServerView.Transport.HTTP;
            case SSE_FIRST, SSE_ONLY -> ServerView.Transport.SSE;
        };
    }

    /** The URL, or the whole command: who approves a definition must see all that would run. */
    static String target(ServerDefinition definition) {
        return switch (definition) {
            case HttpDefinition http -> http.url();
            case StdioDefinition stdio -> {
                StringBuilder line = new StringBuilder(stdio.command());
                stdio.args().forEach(argument -> line.append(' ').append(argument));
                yield line.toString();
            }
        };
    }
}
