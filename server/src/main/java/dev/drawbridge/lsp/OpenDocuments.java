package dev.drawbridge.lsp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration files that are open in the editor, as they stand there (LSP 3.17, "Text Document Synchronization",
 * whole texts). Other documents are none of our business and not kept. Belongs to the session's loop.
 */
final class OpenDocuments {
    static final int MAX_DOCUMENTS = 64;

    /** In UTF-16 units; what is longer is not read. */
    static final int MAX_LENGTH = 4 * 1024 * 1024;

    private final ConfigPaths paths;
    private final Map<String, OpenDocument> documents = new LinkedHashMap<>();

    OpenDocuments(ConfigPaths paths) {
        this.paths = paths;
    }

    /** One open document; the URI as the editor spells it, because that is how it knows it. */
    record OpenDocument(String uri, Path file, int version, String text) {}

    /** What became of opening or changing a document. */
    enum Kept {
        YES,
        /** It is no configuration file. */
        NOT_OURS,
        /** It is over a limit, and as if it were not open. */
        TOO_MUCH
    }

    Kept put(String uri, int version, String text) {
        Optional<Path> file = InitializeContext.path(uri).filter(paths::isConfig);
        if (file.isEmpty()) {
            return Kept.NOT_OURS;
        }
        if (text.length() > MAX_LENGTH || documents.size() >= MAX_DOCUMENTS && !documents.containsKey(uri)) {
            documents.remove(uri);
            return Kept.TOO_MUCH;
        }
        documents.put(uri, new OpenDocument(uri, file.get(), version, text));
        return Kept.YES;
    }

    Optional<OpenDocument> close(String uri) {
        return Optional.ofNullable(documents.remove(uri));
    }

    Optional<OpenDocument> find(String uri) {
        return Optional.ofNullable(documents.get(uri));
    }

    Optional<OpenDocument> find(Path file) {
        return documents.values().stream()
                .filter(document -> document.file().equals(file))
                .findFirst();
    }

    List<OpenDocument> all() {
        return new ArrayList<>(documents.values());
    }
}
