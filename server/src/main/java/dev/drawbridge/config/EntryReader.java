package dev.drawbridge.config;

import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonNode.JsonArray;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.JsonString;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one server's object in any of the dialects in use: VS Code, Cursor, Claude, Cline and Kilo Code (nested {@code
 * transport}), Zed ({@code command} as an object), OpenCode ({@code command} as an array, {@code local} and {@code remote}),
 * mcp-hub.
 */
final class EntryReader {
    private static final String[] URL = {"url", "httpUrl", "serverUrl", "baseUrl"};
    private static final String[] TYPE = {"type", "transportType", "transport"};
    private static final List<String> TYPES =
            List.of("stdio", "http", "streamable-http", "streamableHttp", "sse", "local", "remote");
    private static final List<String> ONLY_REMOTE = List.of(
            "headers",
            "headersHelper",
            "oauth",
            "tls",
            "proxy",
            "connectTimeout",
            "headersTimeout",
            "bodyTimeout",
            "keepAlive",
            "pingInterval",
            "ipv4",
            "cookies");
    private static final List<String> ONLY_STDIO = List.of("args", "env", "environment", "envFile", "cwd");

    private final ProblemList problems;
    private final Map<String, TextRange> places = new HashMap<>();
    private final JsonObject object;
    private final Members members;

    private EntryReader(ProblemList problems, JsonObject object) {
        this.problems = problems;
        this.object = object;
        this.members = new Members(object, "", problems, places);
    }

    /** Empty when the entry has an error; the errors are in the list then. */
    static Optional<ServerEntry> read(Member entry, ProblemList problems) {
        int before = problems.size();
        String name = entry.name();
        if (name.isBlank() || name.length() > 200 || name.chars().anyMatch(Character::isISOControl)) {
            problems.error(
                    entry.key(),
                    "config.badName",
                    "A server's name has 1 to 200 characters, none of them a control character.");
        }
        if (!(entry.value() instanceof JsonObject object)) {
            problems.error(
                    entry.value(),
                    "config.wrongType",
                    "A server is an object, not " + entry.value().kind() + ".");
            return Optional.empty();
        }
        EntryReader reader = new EntryReader(problems, object);
        Optional<ServerDefinition> definition = reader.definition(entry);
        if (definition.isEmpty() || !problems.errorsSince(before).isEmpty()) {
            return Optional.empty();
        }
        PlainSecrets.check(definition.get(), reader.places, problems);
        return Optional.of(new ServerEntry(
                name,
                problems.range(entry.key()),
                problems.range(entry.start(), entry.end()),
                definition.get(),
                DefinitionDigest.of(name, object),
                reader.places));
    }

    private Optional<ServerDefinition> definition(Member entry) {
        unfoldTransport();
        members.check(KnownKeys.SERVER, "a server");
        Optional<String> type = type();
        Optional<Member> command = members.member("command");
        Optional<Member> url = members.member(URL);
        if (members.word("source").filter("extension"::equals).isPresent()) {
            problems.error(
                    entry.key(),
                    "config.zedExtension",
                    "This server comes with a Zed extension; name its \"command\" or \"url\" to use it elsewhere.");
            return Optional.empty();
        }
        if (command.isPresent() && url.isPresent()) {
            problems.error(
                    url.get().key(),
                    "config.mixedTransport",
                    "A server has either \"command\" or \"" + url.get().name() + "\", not both.");
            return Optional.empty();
        }
        if (command.isEmpty() && url.isEmpty()) {
            boolean stdio = type.filter("stdio"::equals).isPresent();
            problems.error(
                    entry.key(),
                    "config.missingTarget",
                    stdio
                            ? "A stdio server needs a \"command\"."
                            : "A server needs a \"command\" to start or a \"url\" to connect to.");
            return Optional.empty();
        }
        if (type.isPresent() && type.get().equals("stdio") != command.isPresent()) {
            members.node(TYPE)
                    .ifPresent(node -> problems.error(
                            node,
                            "config.typeMismatch",
                            command.isPresent()
                                    ? "A server with a \"command\" is of type stdio."
                                    : "A server with a \"url\" is of type http or sse."));
            return Optional.empty();
        }
        warnMisplaced(command.isPresent());
        return command.isPresent() ? Optional.of(stdio()) : Optional.of(http(url.get(), type));
    }

    /** Cline nests everything about the transport in an object; elsewhere the same key is another name for the type. */
    private void unfoldTransport() {
        if (members.node("transport").orElse(null) instanceof JsonObject nested) {
            members.remove("transport");
            members.add(nested, "/transport");
        }
    }

    /** {@code stdio}, {@code http}, {@code sse}, a word of {@link TransportOrder}, or empty when it must be inferred. */
    private Optional<String> type() {
        return members.word(TYPE).flatMap(value -> switch (value) {
            case "stdio", "local" -> Optional.of("stdio");
            case "http", "streamable-http", "streamableHttp" -> Optional.of("http");
            case "sse" -> Optional.of("sse");
            case "http-first", "http-only", "sse-first", "sse-only" -> Optional.of(value);
            case "remote" -> Optional.empty();
            default -> {
                members.node(TYPE)
                        .ifPresent(node -> problems.error(
                                node,
                                "config.badValue",
                                "\"type\" is stdio, http or sse." + NearestWord.didYouMean(value, TYPES)));
                yield Optional.empty();
            }
        });
    }

    private void warnMisplaced(boolean stdio) {
        for (String key : stdio ? ONLY_REMOTE : ONLY_STDIO) {
            members.member(key)
                    .ifPresent(member -> problems.warning(
                            member.key(),
                            "config.misplacedKey",
                            "The key \"" + key + "\" has no effect for a server that is "
                                    + (stdio ? "started by a command." : "reached by a URL.")));
        }
    }

    private StdioDefinition stdio() {
        String command = "";
        List<String> args = new ArrayList<>();
        Map<String, String> env = members.textMap("env", "environment");
        JsonNode node = members.node("command").orElseThrow();
        int before = problems.size();
        switch (node) {
            case JsonString string -> command = members.text("command").orElse("");
            case JsonArray array -> {
                List<String> words = members.textsOf(array, "command");
                if (!words.isEmpty()) {
                    command = words.getFirst();
                    args.addAll(words.subList(1, words.size()));
                }
            }
            case JsonObject zed -> {
                Members inner = new Members(zed, "/command", problems, places);
                command = inner.text("path", "command").orElse("");
                args.addAll(inner.texts("args").orElse(List.of()));
                env.putAll(inner.textMap("env"));
            }
            default -> members.wrongType(node, "command", "a string");
        }
        if (command.isBlank() && problems.errorsSince(before).isEmpty()) {
            problems.error(node, "config.emptyCommand", "The command is empty; name the program to start.");
        }
        args.addAll(members.texts("args").orElse(List.of()));
        for (String name : env.keySet()) {
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                error("/env/" + name, "config.badName", "A variable's name is not empty and has no \"=\".");
            }
        }
        return new StdioDefinition(command, args, env, members.text("envFile"), members.text("cwd"), common());
    }

    private void error(String pointer, String code, String message) {
        TextRange range = places.getOrDefault(pointer, problems.range(object));
        problems.add(range, ConfigProblem.Severity.ERROR, code, message);
    }

    private HttpDefinition http(Member urlMember, Optional<String> type) {
        String url = members.text(URL).orElse("");
        UrlCheck.whyNot(url).ifPresent(why -> problems.error(urlMember.value(), "config.badUrl", why));
        UrlCheck.worry(url).ifPresent(why -> problems.warning(urlMember.value(), "config.plainHttp", why));
        Map<String, String> headers = members.textMap("headers");
        headers.forEach((name, value) -> HeaderCheck.whyNot(name, value)
                .ifPresent(why -> error("/headers/" + Members.escape(name), "config.badHeader", why)));
        return new HttpDefinition(
                url,
                headers,
                members.text("headersHelper"),
                OAuthReader.read(members),
                tls(),
                proxy(),
                ConnectionReader.read(members, type),
                common());
    }

    private TlsSettings tls() {
        return members.object("tls")
                .map(tls -> {
                    tls.check(KnownKeys.TLS, "\"tls\"");
                    TlsSettings settings = new TlsSettings(
                            tls.text("caFile"), tls.text("certFile"), tls.text("keyFile"), tls.text("keyPassword"));
                    if (settings.keyFile().isPresent() && settings.certFile().isEmpty()) {
                        tls.node("keyFile")
                                .ifPresent(node -> problems.error(
                                        node, "config.missing", "A \"keyFile\" needs its \"certFile\"."));
                    }
                    return settings;
                })
                .orElse(TlsSettings.DEFAULTS);
    }

    private Optional<String> proxy() {
        if (members.node("proxy").orElse(null) instanceof JsonNode.JsonBoolean literal && !literal.value()) {
            return Optional.of("none");
        }
        return members.text("proxy");
    }

    private CommonSettings common() {
        boolean disabled = members.bool("disabled").orElse(false)
                || !members.bool("enabled").orElse(true);
        Set<String> disabledTools = new LinkedHashSet<>();
        for (String key : List.of("disabledTools", "disabled_tools", "excludeTools", "blockedTools")) {
            disabledTools.addAll(members.texts(key).orElse(List.of()));
        }
        return new CommonSettings(disabled, disabledTools, members.duration("timeout"), members.word("description"));
    }
}
