package dev.drawbridge.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonPlace;
import dev.drawbridge.mcp.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Completion and hover in a configuration file, from its JSON Schema. */
final class ConfigCompletion {
    private final ConfigSchema schema;

    ConfigCompletion(ConfigSchema schema) {
        this.schema = schema;
    }

    List<CompletionItem> complete(ConfigDocument document, int line, int column) {
        int offset = document.lines().offset(line, column);
        JsonPlace place = document.syntax().placeAt(offset);
        return switch (place.role()) {
            case KEY -> keys(document, place, offset);
            case VALUE -> values(document, place, offset);
            case NOTHING -> List.of();
        };
    }

    private List<CompletionItem> keys(ConfigDocument document, JsonPlace place, int offset) {
        Set<String> taken = taken(document, place);
        boolean bare = !hasColon(document, place);
        return schema.members(place.path()).entrySet().stream()
                .filter(member -> !taken.contains(member.getKey()))
                .map(member -> item(
                        document,
                        place,
                        offset,
                        member.getKey(),
                        JsonText.quote(member.getKey()) + (bare ? ": " : ""),
                        CompletionItemKind.Property,
                        ConfigSchema.description(member.getValue())))
                .toList();
    }

    private List<CompletionItem> values(ConfigDocument document, JsonPlace place, int offset) {
        return schema.values(place.path()).stream()
                .map(value -> item(
                        document,
                        place,
                        offset,
                        label(value),
                        value.toString(),
                        CompletionItemKind.Value,
                        Optional.empty()))
                .toList();
    }

    private static String label(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    private static CompletionItem item(
            ConfigDocument document,
            JsonPlace place,
            int offset,
            String label,
            String text,
            CompletionItemKind kind,
            Optional<String> description) {
        CompletionItem item = new CompletionItem(label);
        item.setKind(kind);
        // What is typed so far starts with its quote, and so must what it is matched with.
        item.setFilterText(text);
        int from = place.node().map(JsonNode::start).orElse(offset);
        int to = place.node().map(JsonNode::end).orElse(offset);
        item.setTextEdit(Either.forLeft(
                new TextEdit(ConfigDocument.range(document.lines().range(from, to)), text)));
        description.ifPresent(item::setDocumentation);
        return item;
    }

    /** The keys the object has already, apart from the one being typed. */
    private static Set<String> taken(ConfigDocument document, JsonPlace place) {
        if (!(document.syntax().find(place.path()).orElse(null) instanceof JsonNode.JsonObject object)) {
            return Set.of();
        }
        return object.members().stream()
                .filter(member ->
                        place.node().filter(node -> node.equals(member.key())).isEmpty())
                .map(JsonNode.Member::name)
                .collect(Collectors.toSet());
    }

    private static boolean hasColon(ConfigDocument document, JsonPlace place) {
        return document.syntax().find(place.path()).orElse(null) instanceof JsonNode.JsonObject object
                && object.members().stream()
                        .anyMatch(member -> member.colon() >= 0
                                && place.node()
                                        .filter(node -> node.equals(member.key()))
                                        .isPresent());
    }

    Optional<Hover> hover(ConfigDocument document, int line, int column, boolean markdown) {
        JsonPlace place = document.syntax().placeAt(document.lines().offset(line, column));
        if (place.node().isEmpty()) {
            return Optional.empty();
        }
        JsonNode node = place.node().get();
        Optional<String> text = switch (place.role()) {
            case KEY -> node instanceof JsonNode.JsonString key ? member(place, key.value()) : Optional.empty();
            case VALUE -> isScalar(node) ? schema.description(place.path()) : Optional.empty();
            case NOTHING -> Optional.empty();
        };
        return text.map(found -> new Hover(
                new MarkupContent(markdown ? "markdown" : "plaintext", found),
                ConfigDocument.range(document.lines().range(node.start(), node.end()))));
    }

    /** Whoever points at a brace does not ask about all that is between it and the other one. */
    private static boolean isScalar(JsonNode node) {
        return !(node instanceof JsonNode.JsonObject || node instanceof JsonNode.JsonArray);
    }

    private Optional<String> member(JsonPlace place, String key) {
        Map<String, JsonObject> members = schema.members(place.path());
        return members.containsKey(key) ? ConfigSchema.description(members.get(key)) : Optional.empty();
    }
}
