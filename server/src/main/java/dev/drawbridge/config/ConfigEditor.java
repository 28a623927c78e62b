package dev.drawbridge.config;

import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import dev.drawbridge.config.jsonc.JsoncDocument;
import java.util.List;
import java.util.Optional;

/**
 * Changes configuration files as a careful person would: only what must change changes; comments, order, indentation, line
 * ends and trailing commas stay. Works on texts; {@link ConfigFileWriter} puts them on disk.
 */
public final class ConfigEditor {
    private ConfigEditor() {}

    /** Adds a server to the last section of the file, or to a new section {@code mcpServers}. */
    public static EditResult addServer(String text, String name, String definitionJson) {
        JsoncDocument definition = JsoncDocument.parse(definitionJson);
        if (!definition.errors().isEmpty() || !(definition.root() instanceof JsonObject)) {
            return new EditResult.Refused("config.badDefinition", "A server's definition is a JSON object.");
        }
        JsoncDocument document = JsoncDocument.parse(text);
        if (ServerSections.find(document, name).isPresent()) {
            return new EditResult.Refused(
                    "config.duplicateServer",
                    "There is a server \"" + name + "\" already; remove it or choose another name.");
        }
        List<String> sections = ServerSections.of(document).reversed().stream()
                .filter(section -> section.value() instanceof JsonObject)
                .map(Member::name)
                .toList();
        String section = sections.isEmpty() ? "mcpServers" : sections.getFirst();
        return setMember(text, List.of(section, name), definitionJson);
    }

    /** Removes every entry of that name. */
    public static EditResult removeServer(String text, String name) {
        String changed = text;
        for (int round = 0; ; round++) {
            JsoncDocument document = JsoncDocument.parse(changed);
            Optional<EditResult> refused = refusal(document);
            if (refused.isPresent()) {
                return refused.get();
            }
            Optional<Member> entry = ServerSections.find(document, name);
            if (entry.isEmpty()) {
                return round == 0 ? unknown(name) : new EditResult.Edited(TextEdit.between(text, changed));
            }
            for (Member section : ServerSections.of(document).reversed()) {
                if (section.value() instanceof JsonObject servers
                        && servers.members().contains(entry.get())) {
                    changed = new ObjectEdit(document, servers).remove(entry.get());
                    break;
                }
            }
        }
    }

    /** Switches a server off or on, by {@code disabled} or, where the file writes it so, by {@code enabled}. */
    public static EditResult setDisabled(String text, String name, boolean disabled) {
        JsoncDocument document = JsoncDocument.parse(text);
        Optional<EditResult> refused = refusal(document);
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<Member> entry = ServerSections.find(document, name);
        if (entry.isEmpty() || !(entry.get().value() instanceof JsonObject server)) {
            return unknown(name);
        }
        String changed = text;
        boolean hasDisabled = server.member("disabled").isPresent();
        boolean hasEnabled = server.member("enabled").isPresent();
        if (hasEnabled) {
            changed = setIn(changed, name, "enabled", String.valueOf(!disabled));
        }
        if (hasDisabled || !hasEnabled && disabled) {
            changed = setIn(changed, name, "disabled", String.valueOf(disabled));
        }
        return new EditResult.Edited(TextEdit.between(text, changed));
    }

    /** Sets the value at a path of keys, making the objects on the way; the value is given as JSON. */
    public static EditResult setMember(String text, List<String> path, String json) {
        JsoncDocument value = JsoncDocument.parse(json);
        if (path.isEmpty() || !value.errors().isEmpty() || value.isBlank()) {
            return new EditResult.Refused("config.badValue", "The new value is not JSON.");
        }
        JsoncDocument document = JsoncDocument.parse(text);
        Optional<EditResult> refused = refusal(document);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (document.isBlank()) {
            return setMember(text, blankFilled(text), path, json);
        }
        int depth = 0;
        JsonNode at = document.root();
        while (at instanceof JsonObject object && depth < path.size()) {
            Optional<Member> member = object.member(path.get(depth));
            if (member.isEmpty()) {
                String whole = nested(path.subList(depth + 1, path.size()), json);
                return new EditResult.Edited(TextEdit.between(
                        text, new ObjectEdit(document, object).insert(path.get(depth), JsoncDocument.parse(whole))));
            }
            depth++;
            at = member.get().value();
        }
        if (depth < path.size()) {
            return new EditResult.Refused(
                    "config.wrongType", "\"" + path.get(depth - 1 < 0 ? 0 : depth - 1) + "\" is not an object.");
        }
        return new EditResult.Edited(TextEdit.between(text, ObjectEdit.replace(document, at, value)));
    }

    private static EditResult setMember(String original, String filled, List<String> path, String json) {
        return switch (setMember(filled, path, json)) {
            case EditResult.Edited(TextEdit edit) ->
                new EditResult.Edited(TextEdit.between(original, edit.applyTo(filled)));
            case EditResult.Refused refused -> refused;
        };
    }

    /** Removes the member at a path of keys. */
    public static EditResult removeMember(String text, List<String> path) {
        JsoncDocument document = JsoncDocument.parse(text);
        Optional<EditResult> refused = refusal(document);
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<JsonNode> parent = path.isEmpty() ? Optional.empty() : document.find(path.subList(0, path.size() - 1));
        if (parent.isPresent() && parent.get() instanceof JsonObject object) {
            Optional<Member> member = object.member(path.getLast());
            if (member.isPresent()) {
                String changed = new ObjectEdit(document, object).remove(member.get());
                return new EditResult.Edited(TextEdit.between(text, changed));
            }
        }
        return new EditResult.Edited(new TextEdit(0, 0, ""));
    }

    private static String setIn(String text, String server, String key, String json) {
        JsoncDocument document = JsoncDocument.parse(text);
        JsonNode entry = ServerSections.find(document, server).orElseThrow().value();
        if (!(entry instanceof JsonObject object)) {
            throw new IllegalArgumentException("the caller found an object");
        }
        JsoncDocument value = JsoncDocument.parse(json);
        return object.member(key)
                .map(member -> ObjectEdit.replace(document, member.value(), value))
                .orElseGet(() -> new ObjectEdit(document, object).insert(key, value));
    }

    private static String nested(List<String> path, String json) {
        StringBuilder out = new StringBuilder();
        for (String key : path) {
            out.append('{');
            CanonicalJson.quote(key, out);
            out.append(':');
        }
        return out.append(json).append("}".repeat(path.size())).toString();
    }

    /** An empty file, or one with comments only, gets an empty object at its end. */
    private static String blankFilled(String text) {
        String newline = text.contains("\r\n") ? "\r\n" : "\n";
        boolean ends = text.isEmpty() || text.equals("\uFEFF") || text.endsWith("\n");
        return text + (ends ? "" : newline) + "{" + newline + "}" + newline;
    }

    private static Optional<EditResult> refusal(JsoncDocument document) {
        if (!document.errors().isEmpty()) {
            TextRange place = new TextLines(document.text())
                    .range(
                            document.errors().getFirst().start(),
                            document.errors().getFirst().end());
            return Optional.of(new EditResult.Refused(
                    "config.syntax", "The file has a syntax error at " + place.humanStart() + "; repair that first."));
        }
        return document.isBlank() || document.root() instanceof JsonObject
                ? Optional.empty()
                : Optional.of(new EditResult.Refused("config.wrongType", "The file is not a JSON object."));
    }

    private static EditResult unknown(String name) {
        return new EditResult.Refused("config.unknownServer", "The file has no server \"" + name + "\".");
    }
}
