package dev.drawbridge.config;

import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonNode.JsonBoolean;
import dev.drawbridge.config.jsonc.JsonNode.JsonNumber;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsoncDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;

/**
 * What the user's file says of Drawbridge itself, in its object {@code drawbridge}.
 *
 * @param httpPort the port of the local HTTP endpoint, when that is switched on
 */
public record OwnSettings(Optional<Integer> httpPort) {
    /** Next to the ports of the callback listener, where hosts expect the endpoint unless told otherwise. */
    public static final int DEFAULT_HTTP_PORT = 48812;

    private static final OwnSettings NONE = new OwnSettings(Optional.empty());

    /** The settings in a file; a file that is missing or broken has none. */
    public static OwnSettings read(Path userFile) {
        try {
            if (!Files.isRegularFile(userFile) || Files.size(userFile) > JsoncDocument.MAX_LENGTH) {
                return NONE;
            }
            JsoncDocument document = JsoncDocument.parse(Files.readString(userFile));
            return document.errors().isEmpty() && document.root() instanceof JsonObject root
                    ? root.member("drawbridge")
                            .map(JsonNode.Member::value)
                            .map(OwnSettings::of)
                            .orElse(NONE)
                    : NONE;
        } catch (IOException e) {
            return NONE;
        }
    }

    private static OwnSettings of(JsonNode node) {
        return node instanceof JsonObject object
                ? new OwnSettings(object.member("http").flatMap(member -> port(member.value())))
                : NONE;
    }

    private static Optional<Integer> port(JsonNode node) {
        return switch (node) {
            case JsonBoolean(int _, int _, boolean on) when on -> Optional.of(DEFAULT_HTTP_PORT);
            case JsonNumber number
            when number.text().matches("[1-9]\\d{0,4}") ->
                Optional.of(Integer.valueOf(number.text())).filter(port -> port < 1 << 16);
            default -> Optional.empty();
        };
    }

    /** Says what is wrong with the object. */
    static void check(JsonNode node, ProblemList problems) {
        if (!(node instanceof JsonObject object)) {
            problems.error(node, "config.wrongType", "\"drawbridge\" is an object, not " + node.kind() + ".");
            return;
        }
        Members members = new Members(object, "", problems, new HashMap<>());
        members.check(KnownKeys.OWN, "Drawbridge's own settings");
        members.node("http").ifPresent(http -> {
            boolean off = http instanceof JsonBoolean literal && !literal.value();
            if (!off && port(http).isEmpty()) {
                problems.error(http, "config.wrongType", "\"http\" is true, false or a port from 1 to 65535.");
            }
        });
    }
}
