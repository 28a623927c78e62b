package dev.drawbridge.config;

import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonNode.JsonArray;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import dev.drawbridge.config.jsonc.JsoncDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The servers that another program is set up with.
 *
 * @param servers in the file's order
 * @param inputs the definitions of what its servers ask for as {@code ${input:id}}, by id, as JSON
 * @param problem why the file could not be read, a sentence
 */
public record FoundServers(
        OtherProgram program, Path file, List<Found> servers, Map<String, String> inputs, Optional<String> problem) {
    public FoundServers {
        servers = List.copyOf(servers);
        inputs = Ordered.copy(inputs);
    }

    /**
     * One entry, as it stands there.
     *
     * @param definition JSON, with its comments
     */
    public record Found(String name, String definition) {
        /** A definition may hold secrets. */
        @Override
        public String toString() {
            return "Found[" + name + "]";
        }
    }

    /** Empty when the program has no such file. */
    public static Optional<FoundServers> of(OtherProgram program, Path file) {
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(JsoncDocument.MAX_LENGTH + 1), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(unreadable(program, file, "it cannot be read: " + FileFailures.sentence(e)));
        }
        if (program.section().isEmpty()) {
            return text.contains("[mcp_servers.")
                    ? Optional.of(
                            unreadable(program, file, "it is TOML, which is not read here; add its servers by hand"))
                    : Optional.empty();
        }
        JsoncDocument document = JsoncDocument.parse(text);
        if (!document.errors().isEmpty()) {
            TextRange place = new TextLines(text)
                    .range(
                            document.errors().getFirst().start(),
                            document.errors().getFirst().end());
            return Optional.of(unreadable(program, file, "it has a syntax error at " + place.humanStart()));
        }
        List<Found> servers = new ArrayList<>();
        document.find(program.section()).ifPresent(section -> collect(document, section, servers));
        // Claude Code keeps the servers of each folder that it was used in beside those of the user.
        if (program == OtherProgram.CLAUDE_CODE
                && document.find(List.of("projects"))
                                .filter(JsonObject.class::isInstance)
                                .orElse(document.root())
                        instanceof JsonObject projects) {
            for (Member project : projects.members()) {
                document.find(List.of("projects", project.name(), "mcpServers"))
                        .ifPresent(section -> collect(document, section, servers));
            }
        }
        return Optional.of(new FoundServers(program, file, servers, inputs(document), Optional.empty()));
    }

    private static FoundServers unreadable(OtherProgram program, Path file, String why) {
        return new FoundServers(program, file, List.of(), Map.of(), Optional.of(why));
    }

    private static void collect(JsoncDocument document, JsonNode section, List<Found> into) {
        if (section instanceof JsonObject servers) {
            for (Member server : servers.members()) {
                if (server.value() instanceof JsonObject) {
                    into.add(new Found(server.name(), textOf(document, server.value())));
                }
            }
        }
    }

    private static Map<String, String> inputs(JsoncDocument document) {
        Map<String, String> inputs = new LinkedHashMap<>();
        if (document.find(List.of("inputs")).orElse(document.root()) instanceof JsonArray array) {
            for (JsonNode input : array.items()) {
                if (input instanceof JsonObject object
                        && object.member("id").map(Member::value).orElse(object) instanceof JsonNode.JsonString id) {
                    inputs.put(id.value(), textOf(document, input));
                }
            }
        }
        return inputs;
    }

    private static String textOf(JsoncDocument document, JsonNode node) {
        return document.text().substring(node.start(), node.end());
    }
}
