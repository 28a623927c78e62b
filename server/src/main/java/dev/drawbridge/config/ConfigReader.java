package dev.drawbridge.config;

import dev.drawbridge.config.ConfigProblem.Severity;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import dev.drawbridge.config.jsonc.JsoncDocument;
import dev.drawbridge.config.jsonc.SyntaxError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a whole file: the sections with servers, the inputs, and what else stands at the top. */
final class ConfigReader {
    private final Path path;
    private final JsoncDocument document;
    private final TextLines lines;
    private final ProblemList problems;

    ConfigReader(Path path, String text) {
        this.path = path;
        this.document = JsoncDocument.parse(text);
        this.lines = new TextLines(text);
        this.problems = new ProblemList(document, lines);
    }

    ConfigFile read() {
        for (SyntaxError error : document.errors()) {
            problems.add(lines.range(error.start(), error.end()), Severity.ERROR, "config.syntax", error.message());
        }
        if (!document.errors().isEmpty()) {
            return broken();
        }
        if (document.isBlank()) {
            return new ConfigFile(path, List.of(), List.of(), List.of(), List.of(), false);
        }
        if (!(document.root() instanceof JsonObject root)) {
            problems.error(
                    document.root(),
                    "config.wrongType",
                    "A configuration file is an object, not " + document.root().kind() + ".");
            return broken();
        }
        return read(root);
    }

    private ConfigFile broken() {
        return new ConfigFile(path, List.of(), List.of(), List.of(), problems.all(), true);
    }

    private ConfigFile read(JsonObject root) {
        List<Member> sections = ServerSections.of(document);
        Members top = new Members(root, "", problems, new HashMap<>());
        checkTop(root, top, sections);
        top.node("drawbridge").ifPresent(node -> OwnSettings.check(node, problems));
        List<InputDefinition> inputs =
                top.node("inputs").map(node -> InputReader.read(node, problems)).orElse(List.of());
        Map<String, ServerEntry> servers = new LinkedHashMap<>();
        Map<String, RejectedEntry> rejected = new LinkedHashMap<>();
        for (Member entry : entries(sections)) {
            int before = problems.size();
            Optional<ServerEntry> read = EntryReader.read(entry, problems);
            if (read.isPresent()) {
                servers.put(entry.name(), read.get());
            } else {
                rejected.put(
                        entry.name(),
                        new RejectedEntry(entry.name(), problems.range(entry.key()), problems.errorsSince(before)));
            }
        }
        return new ConfigFile(
                path, List.copyOf(servers.values()), List.copyOf(rejected.values()), inputs, problems.all(), false);
    }

    /** The entries that count; of two with one name the later. */
    private List<Member> entries(List<Member> sections) {
        Map<String, Member> byName = new LinkedHashMap<>();
        for (Member section : sections) {
            if (!(section.value() instanceof JsonObject servers)) {
                problems.error(
                        section.value(),
                        "config.wrongType",
                        "\"" + section.name() + "\" is an object, not "
                                + section.value().kind() + ".");
                continue;
            }
            for (Member entry : servers.members()) {
                Member before = byName.remove(entry.name());
                if (before != null) {
                    problems.warning(
                            before.key(),
                            "config.duplicateServer",
                            "The server \"" + entry.name() + "\" is here twice; the last one counts.");
                }
                byName.put(entry.name(), entry);
            }
        }
        return new ArrayList<>(byName.values());
    }

    /** A Zed settings file has many keys of its own, which are none of our business. */
    private void checkTop(JsonObject root, Members top, List<Member> sections) {
        boolean settings = sections.stream().anyMatch(section -> section.name().equals("context_servers"));
        if (!settings) {
            warnAboutLikelySections(root, top);
            top.check(KnownKeys.TOP, "a configuration file");
        }
        if (sections.isEmpty()
                && !root.members().isEmpty()
                && problems.all().stream().noneMatch(this::isWrongKey)) {
            problems.warning(
                    root.members().getFirst().key(),
                    "config.noServers",
                    "This file names no servers; they stand in an object called \"mcpServers\" or \"servers\".");
        }
    }

    private boolean isWrongKey(ConfigProblem problem) {
        return problem.code().equals("config.wrongSection");
    }

    /** A key we do not know whose value looks like servers is a mistake that would lose them all. */
    private void warnAboutLikelySections(JsonObject root, Members top) {
        for (Member member : root.members()) {
            if (!KnownKeys.TOP.all().contains(member.name()) && looksLikeServers(member)) {
                problems.error(
                        member.key(),
                        "config.wrongSection",
                        "Servers under \"" + member.name()
                                + "\" are not read; they stand in an object called \"mcpServers\" or \"servers\".");
                top.remove(member.name());
            }
        }
    }

    private static boolean looksLikeServers(Member member) {
        return member.value() instanceof JsonObject object
                && object.members().stream()
                        .anyMatch(inner -> isServer(inner)
                                || ServerSections.KEYS.contains(inner.name()) && inner.value() instanceof JsonObject);
    }

    private static boolean isServer(Member member) {
        return member.value() instanceof JsonObject object
                && (object.member("command").isPresent() || object.member("url").isPresent());
    }
}
