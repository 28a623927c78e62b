package dev.drawbridge.config;

import dev.drawbridge.config.FoundServers.Found;
import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import dev.drawbridge.config.jsonc.JsoncDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What taking over other programs' servers would make of the user's file: nothing that is there changes, a name that is
 * taken gets the program's as well, and what is there already in the same words is not added again.
 *
 * @param text the file's new text
 */
public record ImportPlan(String text, List<Step> steps) {
    /** How servers were written, and are: the members of an entry that are about a program to start. */
    private static final Set<String> OF_A_COMMAND =
            Set.of("command", "args", "env", "environment", "envFile", "cwd", "type", "transport", "source");

    public ImportPlan {
        steps = List.copyOf(steps);
    }

    /** A configuration may hold secrets. */
    @Override
    public String toString() {
        return "ImportPlan[" + steps.size() + " servers]";
    }

    /** What becomes of one server. */
    public sealed interface Step {
        FoundServers from();

        /** What it is called there. */
        String name();

        /**
         * It is added.
         *
         * @param as what it is called here
         * @param target the URL without its query, or the program
         * @param remarks sentences for the user: what changes, and where a secret stands in plain text
         */
        record Added(FoundServers from, String name, String as, String target, List<String> remarks) implements Step {}

        /** It is there already. */
        record Known(FoundServers from, String name, String as) implements Step {}

        /** It cannot be used here. */
        record Unusable(FoundServers from, String name, String why) implements Step {}
    }

    /** Makes a better entry of a command that another program needs; empty when there is none. */
    @FunctionalInterface
    public interface Conversion {
        Optional<Converted> of(List<String> command, Map<String, String> environment);

        /** @param definition a JSON object */
        record Converted(String definition, List<String> remarks) {
            /** A definition may hold secrets. */
            @Override
            public String toString() {
                return "Converted[" + remarks + "]";
            }
        }
    }

    /** Whether anything would change. */
    public boolean addsSomething() {
        return steps.stream().anyMatch(step -> step instanceof Step.Added);
    }

    /**
     * @param before the user's file as it is
     * @throws IllegalArgumentException when that is no configuration that could be added to; the message says why
     */
    public static ImportPlan of(String before, List<FoundServers> found, Conversion conversion) {
        Maker maker = new Maker(before, conversion);
        for (FoundServers from : found) {
            from.servers().forEach(server -> maker.take(from, server));
        }
        return new ImportPlan(maker.text, maker.steps);
    }

    private static final class Maker {
        private final Conversion conversion;
        private final List<Step> steps = new ArrayList<>();
        private final Map<String, String> nameBySaying = new LinkedHashMap<>();
        private String text;

        Maker(String before, Conversion conversion) {
            this.text = before;
            this.conversion = conversion;
            JsoncDocument document = JsoncDocument.parse(before);
            for (Member section : ServerSections.of(document)) {
                if (section.value() instanceof JsonObject servers) {
                    servers.members().forEach(server -> nameBySaying.put(saying(server.value()), server.name()));
                }
            }
        }

        void take(FoundServers from, Found server) {
            ConfigFile alone = alone(server.definition());
            if (alone.servers().isEmpty()) {
                steps.add(new Step.Unusable(
                        from, server.name(), alone.problems().getFirst().message()));
                return;
            }
            Optional<Conversion.Converted> better =
                    alone.servers().getFirst().definition() instanceof StdioDefinition stdio
                            ? converted(stdio, server.definition())
                            : Optional.empty();
            ImportedInputs inputs = ImportedInputs.of(
                    text, from, better.map(Conversion.Converted::definition).orElse(server.definition()));
            String definition = inputs.definition();
            String saying = saying(JsoncDocument.parse(definition).root());
            String known = nameBySaying.getOrDefault(saying, "");
            if (!known.isEmpty()) {
                steps.add(new Step.Known(from, server.name(), known));
                return;
            }
            String as = freeName(server.name(), from.program());
            change(ConfigEditor.addServer(text, as, definition));
            inputs.missing().values().forEach(input -> change(ImportedInputs.add(text, input)));
            nameBySaying.put(saying, as);
            ConfigFile result = alone(definition);
            List<String> remarks = new ArrayList<>();
            better.ifPresent(converted -> {
                remarks.add("It runs mcp-remote there and needs no such program here.");
                remarks.addAll(converted.remarks());
            });
            inputs.renamed()
                    .forEach((there, here) -> remarks.add("Its input \"" + there + "\" is called \"" + here
                            + "\" here, where \"" + there + "\" is something else."));
            result.problems().stream()
                    .filter(problem -> problem.severity() != ConfigProblem.Severity.INFORMATION)
                    .forEach(problem -> remarks.add(problem.message()));
            String target = result.servers().isEmpty()
                    ? ""
                    : target(result.servers().getFirst().definition());
            steps.add(new Step.Added(from, server.name(), as, target, List.copyOf(remarks)));
        }

        /** The conversion with all else that the entry says; empty when both say something about the same. */
        private Optional<Conversion.Converted> converted(StdioDefinition stdio, String definition) {
            List<String> command = new ArrayList<>(List.of(stdio.command()));
            command.addAll(stdio.args());
            Optional<Conversion.Converted> bare =
                    stdio.envFile().isPresent() ? Optional.empty() : conversion.of(command, stdio.env());
            if (bare.isEmpty() || !(JsoncDocument.parse(definition).root() instanceof JsonObject original)) {
                return Optional.empty();
            }
            String whole = bare.get().definition();
            for (Member member : original.members()) {
                if (!OF_A_COMMAND.contains(member.name())) {
                    if (JsoncDocument.parse(whole).find(List.of(member.name())).isPresent()) {
                        return Optional.empty();
                    }
                    String value = definition.substring(
                            member.value().start(), member.value().end());
                    whole = edited(whole, ConfigEditor.setMember(whole, List.of(member.name()), value));
                }
            }
            return Optional.of(new Conversion.Converted(whole, bare.get().remarks()));
        }

        private String freeName(String name, OtherProgram program) {
            JsoncDocument document = JsoncDocument.parse(text);
            String candidate = name;
            for (int i = 1; ServerSections.find(document, candidate).isPresent(); i++) {
                candidate = name + "-" + program.id() + (i == 1 ? "" : "-" + i);
            }
            return candidate;
        }

        private void change(EditResult result) {
            text = edited(text, result);
        }

        private static String edited(String before, EditResult result) {
            return switch (result) {
                case EditResult.Edited(TextEdit edit) -> edit.applyTo(before);
                case EditResult.Refused(String _, String message) -> throw new IllegalArgumentException(message);
            };
        }

        private static ConfigFile alone(String definition) {
            return ConfigFile.parse(Path.of("mcp.json"), "{\"mcpServers\":{\"server\":" + definition + "}}");
        }

        /** What an entry says, however it is spelt; programs differ in whether they name the obvious type. */
        private static String saying(JsonNode node) {
            return node instanceof JsonObject object
                    ? CanonicalJson.of(new JsonObject(
                            object.start(),
                            object.end(),
                            object.members().stream()
                                    .filter(member -> !member.name().equals("type"))
                                    .toList(),
                            true))
                    : CanonicalJson.of(node);
        }

        private static String target(ServerDefinition definition) {
            return switch (definition) {
                case HttpDefinition http -> http.url().replaceAll("[?#].*", "").replaceAll("//[^/@]*@", "//");
                case StdioDefinition stdio -> stdio.command();
            };
        }
    }
}
