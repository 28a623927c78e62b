package dev.drawbridge.lsp;

import dev.drawbridge.hub.SessionContext;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code initialize} says of the editor and its folders, laid over what the connecting process brought along. */
final class InitializeContext {
    private static final int MAX_CLIENT_NAME = 100;

    private InitializeContext() {}

    static SessionContext of(Params initialize, SessionContext context) {
        SessionContext named = initialize
                .optionalString("clientInfo", "name")
                .map(name -> name
                        + initialize
                                .optionalString("clientInfo", "version")
                                .map(version -> " " + version)
                                .orElse(""))
                .map(name -> name.substring(0, Math.min(name.length(), MAX_CLIENT_NAME)))
                .map(context::withClient)
                .orElse(context);
        List<Path> folders = folders(initialize.elements("workspaceFolders"));
        if (!folders.isEmpty()) {
            return named.withFolders(folders);
        }
        return initialize
                .optionalString("rootUri")
                .flatMap(InitializeContext::path)
                .or(() -> initialize.optionalString("rootPath").flatMap(InitializeContext::plainPath))
                .map(root -> named.withFolders(List.of(root)))
                .orElse(named);
    }

    static List<Path> folders(List<Params> workspaceFolders) {
        return workspaceFolders.stream()
                .flatMap(folder -> folder.optionalString("uri").flatMap(InitializeContext::path).stream())
                .toList();
    }

    /** The deprecated {@code rootPath}: all that Helix says of a folder in which it finds none of a project's marks. */
    private static Optional<Path> plainPath(String path) {
        try {
            return Optional.of(Path.of(path)).filter(Path::isAbsolute).map(Path::normalize);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The file that a {@code file:} URI names; other kinds of documents and folders are not ours to read. */
    static Optional<Path> path(String uri) {
        try {
            URI parsed = URI.create(uri);
            return "file".equals(parsed.getScheme())
                    ? Optional.of(Path.of(parsed).normalize())
                    : Optional.empty();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty();
        }
    }
}
