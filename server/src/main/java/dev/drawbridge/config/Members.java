package dev.drawbridge.config;

import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonNode.JsonArray;
import dev.drawbridge.config.jsonc.JsonNode.JsonBoolean;
import dev.drawbridge.config.jsonc.JsonNode.JsonNull;
import dev.drawbridge.config.jsonc.JsonNode.JsonNumber;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.JsonString;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The members of one object, read by type; what is wrong with them goes to the problem list. A {@code null} counts as not
 * there. The first of several spellings of a key is the canonical one, under which its place is kept.
 */
final class Members {
    private static final Pattern SHELL_VARIABLE = Pattern.compile("\\$[A-Za-z_][A-Za-z0-9_]*");

    private final String pointer;
    private final ProblemList problems;
    private final Map<String, TextRange> places;
    private final Map<String, Member> byName = new LinkedHashMap<>();

    Members(JsonObject object, String pointer, ProblemList problems, Map<String, TextRange> places) {
        this.pointer = pointer;
        this.problems = problems;
        this.places = places;
        add(object, pointer);
    }

    /** Takes the members of a nested object in, as if they stood in this one. */
    void add(JsonObject object, String from) {
        for (Member member : object.members()) {
            Member before = byName.put(member.name(), member);
            if (before != null) {
                problems.warning(
                        before.key(),
                        "config.duplicateKey",
                        "The key \"" + member.name() + "\" is here twice; the last one counts.");
            }
            place(from, member.name(), member.value());
            place(pointer, member.name(), member.value());
        }
    }

    void remove(String name) {
        byName.remove(name);
    }

    /** Names the keys that are not known, or known and without effect. */
    void check(KnownKeys known, String what) {
        for (Member member : byName.values()) {
            String name = member.name();
            KnownKeys.Unused unused = known.unused().get(name);
            if (unused != null) {
                problems.add(
                        problems.range(member.key()),
                        unused.severity(),
                        "config.unusedKey",
                        "The key \"" + name + "\" has no effect in Drawbridge: " + unused.why() + ".");
            } else if (!known.used().contains(name) && !name.startsWith("//") && !name.equals("$comment")) {
                boolean fromOAuth =
                        known.equals(KnownKeys.SERVER) && KnownKeys.OAUTH.used().contains(name);
                problems.warning(
                        member.key(),
                        "config.unknownKey",
                        "The key \"" + name + "\" is not known in " + what + "."
                                + (fromOAuth
                                        ? " It belongs inside \"oauth\"."
                                        : NearestWord.didYouMean(name, known.used())));
            }
        }
    }

    Optional<Member> member(String... spellings) {
        Optional<Member> found = Optional.empty();
        for (String spelling : spellings) {
            Member member = byName.get(spelling);
            if (member == null || member.value() instanceof JsonNull) {
                continue;
            }
            if (found.isPresent()) {
                problems.warning(
                        member.key(),
                        "config.duplicateKey",
                        "\"" + spelling + "\" means the same as \""
                                + found.get().name() + "\", which counts.");
            } else {
                found = Optional.of(member);
                place(pointer, spellings[0], member.value());
            }
        }
        return found;
    }

    Optional<JsonNode> node(String... spellings) {
        return member(spellings).map(Member::value);
    }

    /** Every member but those that are {@code null}, in the order of the text. */
    List<Member> all() {
        return byName.values().stream()
                .filter(member -> !(member.value() instanceof JsonNull))
                .toList();
    }

    boolean has(String name) {
        return member(name).isPresent();
    }

    /** A string in which variables have no meaning. */
    Optional<String> word(String... spellings) {
        return node(spellings).flatMap(node -> {
            if (node instanceof JsonString string) {
                return Optional.of(string.value());
            }
            wrongType(node, spellings[0], "a string");
            return Optional.empty();
        });
    }

    /** A string in which variables are replaced later. */
    Optional<String> text(String... spellings) {
        return node(spellings).flatMap(node -> textOf(node, "\"" + spellings[0] + "\""));
    }

    Optional<Boolean> bool(String... spellings) {
        return node(spellings).flatMap(node -> {
            if (node instanceof JsonBoolean literal) {
                return Optional.of(literal.value());
            }
            wrongType(node, spellings[0], "true or false");
            return Optional.empty();
        });
    }

    /** A list of strings. */
    Optional<List<String>> texts(String key) {
        return node(key).flatMap(node -> {
            if (node instanceof JsonArray array) {
                return Optional.of(textsOf(array, key));
            }
            wrongType(node, key, "an array of strings");
            return Optional.empty();
        });
    }

    List<String> textsOf(JsonArray array, String key) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < array.items().size(); i++) {
            JsonNode item = array.items().get(i);
            place(pointer + "/" + escape(key), String.valueOf(i), item);
            textOf(item, "An item of \"" + key + "\"").ifPresent(values::add);
        }
        return values;
    }

    /** An object whose values are strings; numbers and booleans are taken as written. */
    Map<String, String> textMap(String... spellings) {
        Map<String, String> values = new LinkedHashMap<>();
        node(spellings).ifPresent(node -> {
            if (node instanceof JsonObject object) {
                Members inner = new Members(object, pointer + "/" + escape(spellings[0]), problems, places);
                inner.byName.forEach((name, member) -> {
                    if (member.value() instanceof JsonNull) {
                        problems.information(
                                member.value(),
                                "config.nullValue",
                                "null leaves \"" + name + "\" as it is without this line.");
                    } else {
                        textOf(member.value(), "\"" + name + "\"").ifPresent(value -> values.put(name, value));
                    }
                });
            } else {
                wrongType(node, spellings[0], "an object with strings");
            }
        });
        return values;
    }

    Optional<Members> object(String key) {
        return node(key).flatMap(node -> {
            if (node instanceof JsonObject object) {
                return Optional.of(new Members(object, pointer + "/" + escape(key), problems, places));
            }
            wrongType(node, key, "an object");
            return Optional.empty();
        });
    }

    /** One of a few words, as the first of them that matches exactly. */
    Optional<String> oneOf(String key, List<String> allowed) {
        return word(key).flatMap(value -> {
            if (allowed.contains(value)) {
                return Optional.of(value);
            }
            node(key)
                    .ifPresent(node -> problems.error(
                            node,
                            "config.badValue",
                            "\"" + key + "\" is one of " + String.join(", ", allowed) + "."
                                    + NearestWord.didYouMean(value, allowed)));
            return Optional.empty();
        });
    }

    /** A time span: a text with a unit, or a number, whose unit is guessed. */
    Optional<Duration> duration(String key) {
        return node(key).flatMap(node -> duration(node, key, ""));
    }

    /** The same for a time limit that can be switched off, which zero does. */
    Optional<Duration> durationOrOff(String key) {
        return node(key)
                .flatMap(node -> Timeouts.isOff(durationText(node))
                        ? Optional.of(Duration.ZERO)
                        : duration(node, key, "; 0 switches it off"));
    }

    private Optional<Duration> duration(JsonNode node, String key, String more) {
        String text = durationText(node);
        Optional<Timeouts.Reading> reading = Timeouts.read(text);
        if (reading.isEmpty()) {
            problems.error(
                    node,
                    "config.badValue",
                    "\"" + key + "\" is a number of milliseconds, or a text such as \"30s\" or \"5m\", up to a day"
                            + more + ".");
        } else if (reading.get().guessedSeconds()) {
            problems.information(
                    node,
                    "config.timeoutUnit",
                    "A number below 1000 is taken as seconds; write \"" + text + "s\" to say so.");
        }
        return reading.map(Timeouts.Reading::duration);
    }

    private static String durationText(JsonNode node) {
        return switch (node) {
            case JsonNumber number -> number.text();
            case JsonString string -> string.value();
            default -> "";
        };
    }

    void wrongType(JsonNode node, String key, String expected) {
        problems.error(node, "config.wrongType", "\"" + key + "\" is " + expected + ", not " + node.kind() + ".");
    }

    ProblemList problems() {
        return problems;
    }

    private Optional<String> textOf(JsonNode node, String what) {
        return switch (node) {
            case JsonString string -> {
                checkVariables(string);
                yield Optional.of(string.value());
            }
            case JsonNumber number -> Optional.of(number.text());
            case JsonBoolean literal -> Optional.of(String.valueOf(literal.value()));
            default -> {
                problems.error(node, "config.wrongType", what + " is a string, not " + node.kind() + ".");
                yield Optional.empty();
            }
        };
    }

    private void checkVariables(JsonString string) {
        for (VariableText.Piece piece : VariableText.parse(string.value()).pieces()) {
            if (piece instanceof VariableText.Piece.Unknown unknown) {
                int start = problems.document().offsetInString(string, unknown.start());
                int end = problems.document().offsetInString(string, unknown.end());
                problems.add(
                        problems.range(start, end),
                        ConfigProblem.Severity.ERROR,
                        "config.unknownVariable",
                        unknown.why());
            }
        }
        if (SHELL_VARIABLE.matcher(string.value()).matches()) {
            problems.warning(
                    string,
                    "config.shellVariable",
                    "This is not replaced; write ${env:" + string.value().substring(1)
                            + "} for the environment variable.");
        }
    }

    private void place(String parent, String name, JsonNode node) {
        places.put(parent + "/" + escape(name), problems.range(node));
    }

    /** RFC 6901 section 3. */
    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
