package dev.drawbridge.config;

import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import dev.drawbridge.config.jsonc.JsoncDocument;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where servers stand in a file: VS Code says {@code servers}, Zed {@code context_servers}, everybody else {@code mcpServers}. */
public final class ServerSections {
    /** The keys of the sections. */
    public static final List<String> KEYS = List.of("mcpServers", "servers", "context_servers");

    private ServerSections() {}

    /** The sections that are objects, in the file's order. */
    public static List<Member> of(JsoncDocument document) {
        return document.root() instanceof JsonObject root
                ? root.members().stream()
                        .filter(member -> KEYS.contains(member.name()))
                        .filter(member ->
                                member.equals(root.member(member.name()).orElseThrow()))
                        .toList()
                : List.of();
    }

    /** Of entries with this name, the last one: the one that counts. */
    public static Optional<Member> find(JsoncDocument document, String name) {
        return of(document).reversed().stream()
                .flatMap(section -> section.value() instanceof JsonObject servers
                        ? servers.member(name).stream()
                        : Stream.<Member>empty())
                .findFirst();
    }
}
