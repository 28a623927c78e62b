package dev.drawbridge.config;

import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonNode.JsonArray;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.JsonString;
import dev.drawbridge.config.jsonc.JsoncDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an imported server asks for as {@code ${input:id}}, described in the user's file as well. Programs like to call such
 * things {@code token}: an id that means something else in the user's file gets the program's name, or one server's secret
 * would go to another.
 *
 * @param definition the server's, with the ids it has here
 * @param missing descriptions to add to the user's file, by id, as JSON
 * @param renamed the ids that had to change, with what they are here
 */
record ImportedInputs(String definition, Map<String, String> missing, Map<String, String> renamed) {
    private static final Pattern INPUT = Pattern.compile("\\$\\{input:([^}]+)}");

    /** @param text the user's file as it is */
    static ImportedInputs of(String text, FoundServers from, String definition) {
        Map<String, JsonNode> here = described(JsoncDocument.parse(text));
        Map<String, String> missing = new LinkedHashMap<>();
        Map<String, String> renamed = new LinkedHashMap<>();
        String result = INPUT.matcher(definition).replaceAll(found -> {
            String id = found.group(1);
            String input = from.inputs().getOrDefault(id, "");
            if (input.isEmpty()) {
                return Matcher.quoteReplacement(found.group());
            }
            String as = id;
            String description = input;
            for (int i = 1; isAnother(here, as, description); i++) {
                as = id + "-" + from.program().id() + (i == 1 ? "" : "-" + i);
                description = called(input, as);
            }
            if (!here.containsKey(as)) {
                missing.put(as, description);
            }
            if (!as.equals(id)) {
                renamed.put(id, as);
            }
            return Matcher.quoteReplacement("${input:" + as + "}");
        });
        return new ImportedInputs(result, missing, renamed);
    }

    /** The text with another description, all else as it was written. */
    static EditResult add(String text, String description) {
        JsoncDocument document = JsoncDocument.parse(text);
        Optional<JsonNode> here = document.find(List.of("inputs"));
        if (here.isEmpty()) {
            return ConfigEditor.setMember(text, List.of("inputs"), "[" + description + "]");
        }
        if (!(here.get() instanceof JsonArray inputs)) {
            return new EditResult.Refused("config.wrongType", "\"inputs\" is not an array.");
        }
        int at = inputs.start() + 1;
        String before = "";
        if (!inputs.items().isEmpty()) {
            JsonNode last = inputs.items().getLast();
            at = last.end();
            int lineStart = text.lastIndexOf('\n', last.start()) + 1;
            String indent = text.substring(lineStart, last.start());
            before = "," + (indent.isBlank() ? (text.contains("\r\n") ? "\r\n" : "\n") + indent : " ");
        }
        return new EditResult.Edited(
                TextEdit.between(text, text.substring(0, at) + before + description + text.substring(at)));
    }

    private static Map<String, JsonNode> described(JsoncDocument document) {
        Map<String, JsonNode> inputs = new LinkedHashMap<>();
        if (document.find(List.of("inputs")).orElse(null) instanceof JsonArray array) {
            for (JsonNode item : array.items()) {
                idOf(item).ifPresent(id -> inputs.put(id, item));
            }
        }
        return inputs;
    }

    private static Optional<String> idOf(JsonNode item) {
        return item instanceof JsonObject object
                ? object.member("id")
                        .map(JsonNode.Member::value)
                        .filter(JsonString.class::isInstance)
                        .map(id -> ((JsonString) id).value())
                : Optional.empty();
    }

    /** Whether an id is described here, and otherwise. */
    private static boolean isAnother(Map<String, JsonNode> here, String id, String description) {
        String wanted = CanonicalJson.of(JsoncDocument.parse(description).root());
        return Optional.ofNullable(here.get(id))
                .filter(node -> !CanonicalJson.of(node).equals(wanted))
                .isPresent();
    }

    private static String called(String description, String id) {
        return switch (ConfigEditor.setMember(description, List.of("id"), quoted(id))) {
            case EditResult.Edited(TextEdit edit) -> edit.applyTo(description);
            case EditResult.Refused(String _, String message) -> throw new IllegalArgumentException(message);
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder();
        CanonicalJson.quote(text, out);
        return out.toString();
    }

    /** A definition may hold secrets. */
    @Override
    public String toString() {
        return "ImportedInputs[" + missing.keySet() + ", " + renamed + "]";
    }
}
