package dev.drawbridge.config.jsonc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.config.jsonc.JsonNode.JsonArray;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.JsonString;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsoncDocumentTest {
    private static final String SAMPLE = """
        \uFEFF// Servers of mine
        {
          "mcpServers": { /* two */
            "one": {"url": "https://a.example/mcp", "headers": {"X-\\u0041\\"": "\uD83D\uDE00",},},
            "two": {"command": "x", "args": ["-1.5e3", true, null, -1.5e3, [],],}, // last
          },
        }
        """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1, 2,]",
                "// only a comment",
                "",
                " \r\n\t",
                "\uFEFF{}",
                "{\"a\": [{\"b\": null,},], /* c */}",
                "\"text\"",
                "-0.5E+7"
            })
    void acceptsJsonWithCommentsAndTrailingCommas(String text) {
        assertEquals(List.of(), JsoncDocument.parse(text).errors());
    }

    /** The text, and what each error underlines. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1 \"b\": 2} | 1",
                "{\"a\" 1} | \"a\"",
                "{\"a\":} | :",
                "{\"a\": , \"b\": 1} | :",
                "{\"a\": tru} | tru",
                "{\"a\": \"x} | \"x} ; {",
                "{a: 1} | a",
                "{'a': 1} | '",
                "[1 2] | 1",
                "[1,,2] | ,",
                "{\"a\": 01} | 01",
                "{\"a\": \"\\q\"} | \\q",
                "{\"a\": \"\\u12\"} | \\u",
                "{} x | x",
                "/* | /*",
                "{\"a\": [1} | [",
                "{\"a\": {\"b\": 1} | {",
            })
    void underlinesWhatIsWrong(String text, String underlined) {
        JsoncDocument document = JsoncDocument.parse(text);
        List<String> found = document.errors().stream()
                .map(error -> text.substring(error.start(), error.end()))
                .toList();
        assertEquals(List.of(underlined.split(" ; ")), found, () -> text + " gave " + document.errors());
    }

    @Test
    void goesOnAfterAnErrorAndFindsTheNext() {
        JsoncDocument document = JsoncDocument.parse("{\n  \"a\": \n  \"b\": tru,\n  \"c\": \"open\n  \"d\": 4\n}");
        assertEquals(3, document.errors().size(), () -> document.errors().toString());
        JsonObject root = assertInstanceOf(JsonObject.class, document.root());
        assertEquals(
                List.of("a", "b", "c", "d"),
                root.members().stream().map(Member::name).toList());
    }

    @Test
    void unescapesAndMapsBackToTheText() {
        String text = "[\"a\\n\\u00e9b\\\"c\"]";
        JsoncDocument document = JsoncDocument.parse(text);
        JsonString string = (JsonString) ((JsonArray) document.root()).items().getFirst();
        assertEquals("a\n\u00e9b\"c", string.value());
        assertEquals(text.indexOf('b'), document.offsetInString(string, 3));
        assertEquals(text.indexOf('c'), document.offsetInString(string, 5));
    }

    @Test
    void everyNodeOfASampleStandsWhereItSays() {
        JsoncDocument document = JsoncDocument.parse(SAMPLE);
        assertEquals(List.of(), document.errors());
        JsonNode url = document.find(List.of("mcpServers", "one", "url")).orElseThrow();
        assertEquals("\"https://a.example/mcp\"", SAMPLE.substring(url.start(), url.end()));
        JsonNode args = document.find(List.of("mcpServers", "two", "args")).orElseThrow();
        assertEquals("[\"-1.5e3\", true, null, -1.5e3, [],]", SAMPLE.substring(args.start(), args.end()));
        JsonNode item = document.find(List.of("mcpServers", "two", "args", "3")).orElseThrow();
        assertEquals("-1.5e3", SAMPLE.substring(item.start(), item.end()));
    }

    @Test
    void neverThrowsOnAnyPrefix() {
        for (int end = 0; end <= SAMPLE.length(); end++) {
            checkTree(SAMPLE.substring(0, end));
        }
    }

    @Test
    void neverThrowsOnMutations() {
        Random random = new Random(20261123);
        String pieces = "{}[]\":,'\\/*\n\r\t \0tu1-.\uD83D";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(SAMPLE);
            for (int i = random.nextInt(6); i >= 0; i--) {
                int at = random.nextInt(text.length());
                char c = pieces.charAt(random.nextInt(pieces.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(8)));
                }
            }
            checkTree(text.toString());
        }
    }

    @Test
    void refusesDepthWithoutRunningOutOfStack() {
        int deepest = JsoncDocument.MAX_DEPTH;
        String fits = "[".repeat(deepest) + "]".repeat(deepest);
        assertEquals(List.of(), JsoncDocument.parse(fits).errors());
        JsoncDocument tooDeep = JsoncDocument.parse("[".repeat(1_000_000));
        assertTrue(
                tooDeep.errors().getFirst().message().contains("deeper"),
                () -> tooDeep.errors().toString());
        assertFalse(JsoncDocument.parse("{\"a\":".repeat(200_000)).errors().isEmpty());
    }

    @Test
    void refusesAnEnormousText() {
        JsoncDocument document = JsoncDocument.parse(" ".repeat(JsoncDocument.MAX_LENGTH + 1));
        assertEquals(1, document.errors().size());
        assertFalse(document.isBlank());
    }

    @Test
    void boundsTheNumberOfErrors() {
        assertEquals(
                100, JsoncDocument.parse("[" + "tru ".repeat(10_000)).errors().size());
    }

    /** The place at the bar: role, path, and the text of the node that touches it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "{|} > KEY [] ",
                "{\"ser|\" > KEY [] \"ser\"",
                "{\"servers\": {\"x\": {\"ur| > KEY [servers, x] \"ur",
                "{\"servers\": {\"x\": {\"url\": | > VALUE [servers, x, url] ",
                "{\"servers\": {\"x\": {\"url\": |}}} > VALUE [servers, x, url] ",
                "{\"servers\": {\"x\": {\"type\": \"h|\"}}} > VALUE [servers, x, type] \"h\"",
                "{\"a\": 1, |} > KEY [] ",
                "{\"a\": 1,| \"b\": 2} > KEY [] ",
                "{\"a\"| : 1} > KEY [] \"a\"",
                "{\"a\" |: 1} > NOTHING [] ",
                "{\"a\": tr|} > VALUE [a] tr",
                "{\"a\": [1, |]} > VALUE [a, 1] ",
                "{\"a\": [1, 2|]} > VALUE [a, 1] 2",
                "{\"a\": {\"b\": 1}|} > VALUE [a] {\"b\": 1}",
                "{\"a\": 1 // no|\\n} > NOTHING [] ",
                "{\"a\": 1 /* n|o */} > NOTHING [] ",
            })
    void knowsWhatCouldBeWrittenAtAPlace(String marked, String expected) {
        String unescaped = marked.replace("\\n", "\n");
        int bar = unescaped.indexOf('|');
        String text = unescaped.substring(0, bar) + unescaped.substring(bar + 1);
        JsonPlace place = JsoncDocument.parse(text).placeAt(bar);
        String node = place.node()
                .map(found -> text.substring(found.start(), found.end()))
                .orElse("");
        assertEquals(expected.strip(), (place.role() + " " + place.path() + " " + node).strip());
    }

    private static void checkTree(String text) {
        JsoncDocument document = JsoncDocument.parse(text);
        try {
            check(document.root(), 0, text.length());
            for (SyntaxError error : document.errors()) {
                assertTrue(0 <= error.start() && error.start() <= error.end() && error.end() <= text.length());
            }
            for (int offset = 0; offset <= text.length(); offset += 7) {
                document.placeAt(offset);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("for the text:\n" + text, e);
        }
    }

    /** Children stand inside their parents, in order. */
    private static void check(JsonNode node, int from, int to) {
        assertTrue(from <= node.start() && node.start() <= node.end() && node.end() <= to, node::toString);
        int at = node.start();
        switch (node) {
            case JsonObject object -> {
                for (Member member : object.members()) {
                    check(member.key(), at, node.end());
                    check(member.value(), member.key().end(), node.end());
                    at = member.end();
                }
            }
            case JsonArray array -> {
                for (JsonNode item : array.items()) {
                    check(item, at, node.end());
                    at = item.end();
                }
            }
            default -> {}
        }
    }
}
