package dev.drawbridge.hub;

import java.nio.file.Path;

/** Which file brought a server. */
public sealed interface ServerOrigin {
    Path file();

    /** The user's own file; its servers are trusted. */
    record User(Path file) implements ServerOrigin {}

    /** A file that came with a workspace; its servers wait for approval. */
    record Workspace(Path file, Path folder) implements ServerOrigin {}
}
