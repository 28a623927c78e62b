package dev.drawbridge.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.mcp.ListReader.Item;
import dev.drawbridge.mcp.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LastKnownTest {
    private static final Negotiated NEGOTIATED = new Negotiated(
            Era.INITIALIZE,
            "2025-11-25",
            RawJson.of("{\"tools\":{ \"listChanged\" : true},\"x\":1e2}"),
            Optional.of(RawJson.of("{\"name\":\"näme\",\"version\":\"1\"}")),
            Optional.of("Say \"please\"\nand ☃."));
    private static final LastKnown KNOWN = new LastKnown(
            NEGOTIATED,
            Map.of(
                    "tools/list",
                    List.of(
                            item("echo", "{\"name\":\"echo\", \"x\":1.0e+2,\"ü\":\"\\u00fc\"}"),
                            item("two", "{\"name\":\"two\"}")),
                    "prompts/list",
                    List.of(),
                    "resources/list",
                    List.of(item("a:b", "{\"uri\":\"a:b\"}"))));

    @Test
    void theServersWordsComeBackByteForByte() {
        byte[] kept = KNOWN.toBytes("me", 10_000).orElseThrow();
        assertEquals(Optional.of(KNOWN), LastKnown.of("me", kept));
        assertTrue(text(kept).contains("\"x\":1.0e+2,\"ü\":\"\\u00fc\""), text(kept));
    }

    @Test
    void whatTheServerDidNotSayIsNotMadeUp() {
        LastKnown little = new LastKnown(
                new Negotiated(Era.STATELESS, "2026-07-28", RawJson.EMPTY_OBJECT, Optional.empty(), Optional.empty()),
                Map.of());
        assertEquals(
                Optional.of(little),
                LastKnown.of("me", little.toBytes("me", 10_000).orElseThrow()));
    }

    @Test
    void nobodyGetsAnothersBack() {
        byte[] kept = KNOWN.toBytes("me", 10_000).orElseThrow();
        assertEquals(Optional.empty(), LastKnown.of("you", kept));
        assertEquals(Optional.empty(), LastKnown.of("", kept));
    }

    @Test
    void everyDamageIsNoticed() {
        byte[] kept = KNOWN.toBytes("me", 10_000).orElseThrow();
        for (int i = 0; i < kept.length; i++) {
            assertEquals(Optional.empty(), LastKnown.of("me", Arrays.copyOf(kept, i)), "cut after " + i);
            byte[] flipped = kept.clone();
            flipped[i] ^= 1;
            assertEquals(Optional.empty(), LastKnown.of("me", flipped), "bit flipped in byte " + i);
        }
        assertEquals(Optional.empty(), LastKnown.of("me", Arrays.copyOf(kept, kept.length + 1)));
    }

    @Test
    void anotherVersionsBytesAreNotRead() {
        String kept = text(KNOWN.toBytes("me", 10_000).orElseThrow());
        assertEquals(
                Optional.empty(),
                LastKnown.of(
                        "me", kept.replace("last-known 1 ", "last-known 2 ").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theLargestListsAreLeftOutFirstWhenThereIsTooMuch() {
        int all = KNOWN.toBytes("me", 10_000).orElseThrow().length;
        for (int limit = 0; limit < all; limit++) {
            Optional<byte[]> kept = KNOWN.toBytes("me", limit);
            assertTrue(kept.isEmpty() || kept.get().length <= limit, "within " + limit);
        }
        LastKnown lopsided = new LastKnown(
                NEGOTIATED,
                Map.of(
                        "tools/list",
                        List.of(item("echo", "{\"name\":\"echo\"}")),
                        "resources/list",
                        List.of(item("a:b", "{\"uri\":\"" + "x".repeat(5_000) + "\"}"))));
        LastKnown rest =
                LastKnown.of("me", lopsided.toBytes("me", 1_000).orElseThrow()).orElseThrow();
        assertEquals(Set.of("tools/list"), rest.lists().keySet());
        assertEquals(NEGOTIATED, rest.negotiated());
        assertEquals(Optional.empty(), lopsided.toBytes("me", 100));
    }

    private static Item item(String name, String json) {
        return new Item(name, RawJson.of(json));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
