package dev.drawbridge.mcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The event stream's grammar (WHATWG HTML 9.2), also cut into single bytes. */
final class SseReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: a⏎⏎ | message:a",
                "data:a⏎data: b⏎data:  c⏎⏎ | message:a⏎b⏎ c",
                "data: a␍⏎␍⏎data: b␍␍ | message:a message:b",
                "﻿data: a⏎⏎ | message:a",
                ": comment⏎⏎data: a⏎: more⏎⏎ | message:a",
                "event: endpoint⏎data: /x⏎⏎data: y⏎⏎ | endpoint:/x message:y",
                "id: 1⏎data: a⏎⏎data: b⏎⏎ | message:a#1 message:b#1",
                "id: 1⏎data⏎⏎ | message:#1",
                "id: 1␀⏎data: a⏎⏎ | message:a",
                "id: 1⏎data: a⏎⏎id⏎data: b⏎⏎ | message:a#1 message:b",
                "retry: 500⏎⏎ | message:@500",
                "retry: 5s⏎data: a⏎⏎ | message:a",
                "unknown: x⏎data: a⏎⏎ | message:a",
                "data: a⏎⏎data: cut off⏎ | message:a",
                "data: ü€😀⏎⏎ | message:ü€😀",
            })
    void readsEvents(String stream, String expected) throws IOException {
        String text = stream.strip().replace('⏎', '\n').replace('␍', '\r').replace('␀', '\0');
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(expected, all(new SseReader(new ByteArrayInputStream(bytes), 1000)));
        assertEquals(expected, all(new SseReader(new OneByOne(bytes), 1000)));
    }

    private static String all(SseReader reader) throws IOException {
        List<String> events = new ArrayList<>();
        Optional<SseEvent> event = reader.next();
        while (event.isPresent()) {
            SseEvent e = event.get();
            events.add(e.type() + ":" + new String(e.data(), StandardCharsets.UTF_8).replace('\n', '⏎')
                    + e.id().map(id -> "#" + id).orElse("")
                    + e.retry().map(retry -> "@" + retry.toMillis()).orElse(""));
            event = reader.next();
        }
        return String.join(" ", events);
    }

    @Test
    void anEventIsBounded() {
        String lines = "data: 0123456789\n".repeat(200);
        assertThrows(
                Bodies.TooLarge.class,
                () -> new SseReader(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), 1000).next());
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                java.util.Arrays.fill(buffer, from, from + length, (byte) 'x');
                return length;
            }
        };
        assertThrows(Bodies.TooLarge.class, () -> new SseReader(endless, 1000).next());
    }

    /** Hands out one byte at a time, as a slow network does. */
    private static final class OneByOne extends InputStream {
        private final ByteArrayInputStream in;

        OneByOne(byte[] bytes) {
            in = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            return in.read(buffer, from, 1);
        }
    }
}
