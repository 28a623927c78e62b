package dev.drawbridge.config;

import dev.drawbridge.config.InputDefinition.Kind;
import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonNode.JsonArray;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Reads VS Code's {@code inputs}: values the user is asked for. */
final class InputReader {
    private static final List<String> TYPES = List.of("promptString", "pickString", "command");

    private InputReader() {}

    static List<InputDefinition> read(JsonNode node, ProblemList problems) {
        if (!(node instanceof JsonArray array)) {
            problems.error(node, "config.wrongType", "\"inputs\" is an array, not " + node.kind() + ".");
            return List.of();
        }
        List<InputDefinition> inputs = new ArrayList<>();
        for (JsonNode item : array.items()) {
            if (item instanceof JsonObject object) {
                input(object, problems).ifPresent(inputs::add);
            } else {
                problems.error(item, "config.wrongType", "An input is an object, not " + item.kind() + ".");
            }
        }
        return inputs;
    }

    private static Optional<InputDefinition> input(JsonObject object, ProblemList problems) {
        Members members = new Members(object, "", problems, new HashMap<>());
        members.check(KnownKeys.INPUT, "an input");
        Optional<String> id = members.word("id").filter(text -> !text.isBlank());
        if (id.isEmpty()) {
            problems.error(object, "config.missing", "An input needs an \"id\".");
        }
        String type = members.oneOf("type", TYPES).orElse("promptString");
        boolean password = members.bool("password").orElse(false);
        return id.map(value -> new InputDefinition(
                value,
                type.equals("pickString") ? Kind.PICK : Kind.PROMPT,
                members.word("description"),
                members.word("default"),
                password,
                options(members),
                problems.range(object)));
    }

    /** A choice is a string, or an object with a value and a label for people. */
    private static List<String> options(Members members) {
        List<String> options = new ArrayList<>();
        if (members.node("options").orElse(null) instanceof JsonArray array) {
            for (JsonNode item : array.items()) {
                JsonNode value = item instanceof JsonObject object
                        ? object.member("value").map(JsonNode.Member::value).orElse(item)
                        : item;
                if (value instanceof JsonString string) {
                    options.add(string.value());
                } else {
                    members.problems().error(item, "config.wrongType", "An option is a string.");
                }
            }
        }
        return options;
    }
}
