package dev.drawbridge.lsp;

import dev.drawbridge.config.ConfigFile;
import dev.drawbridge.config.RejectedEntry;
import dev.drawbridge.config.ServerEntry;
import dev.drawbridge.config.TextLines;
import dev.drawbridge.config.TextRange;
import dev.drawbridge.config.jsonc.JsoncDocument;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.lsp.OpenDocuments.OpenDocument;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/** An open configuration file, read. */
record ConfigDocument(OpenDocument open, ConfigFile config, JsoncDocument syntax, TextLines lines) {
    static ConfigDocument read(OpenDocument open) {
        return new ConfigDocument(
                open,
                ConfigFile.parse(open.file(), open.text()),
                JsoncDocument.parse(open.text()),
                new TextLines(open.text()));
    }

    /**
     * One server's entry, usable or not.
     *
     * @param range the whole member; of a rejected entry only the name is known
     */
    record Entry(String name, TextRange nameRange, TextRange range) {
        /** The state of this very entry: a server of that name may come from another file. */
        Optional<ServerView> among(List<ServerView> servers, OpenDocument document) {
            return servers.stream()
                    .filter(server -> server.name().value().equals(name))
                    .filter(server -> server.origin().file().normalize().equals(document.file()))
                    .findFirst();
        }

        boolean touches(int startLine, int endLine) {
            return range.startLine() <= endLine && startLine <= range.endLine();
        }
    }

    List<Entry> entries() {
        Stream<Entry> usable = config.servers().stream().map(ConfigDocument::entry);
        Stream<Entry> rejected = config.rejected().stream().map(ConfigDocument::entry);
        return Stream.concat(usable, rejected).toList();
    }

    private static Entry entry(ServerEntry entry) {
        return new Entry(entry.name(), entry.nameRange(), entry.range());
    }

    private static Entry entry(RejectedEntry entry) {
        return new Entry(entry.name(), entry.nameRange(), entry.nameRange());
    }

    static Range range(TextRange range) {
        return new Range(
                new Position(range.startLine(), range.startColumn()), new Position(range.endLine(), range.endColumn()));
    }
}
