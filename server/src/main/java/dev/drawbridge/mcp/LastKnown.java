package dev.drawbridge.mcp;

import dev.drawbridge.mcp.ListReader.Item;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What is worth knowing of a server after everything that spoke to it has ended, as bytes that can be kept: a line that
 * says what they are, whose and whether they are whole, and a JSON object in which the server's own words stay as they
 * were written. How long a list holds ({@code ttlMs}) is not kept: what comes back from here is old by then.
 *
 * @param lists what was read, by the method that reads it, such as {@code tools/list}
 */
public record LastKnown(Negotiated negotiated, Map<String, List<Item>> lists) {
    /** What these bytes are, in this version; what begins otherwise was written by another one. */
    private static final String FORMAT = "drawbridge last-known 1 ";

    private static final int LONGEST_HEADER = 256;

    /** Around each list: two quotes, a colon and a comma. */
    private static final int PUNCTUATION = 4;

    public LastKnown {
        lists = Map.copyOf(lists);
    }

    /**
     * The bytes to keep. Lists that would make them too many are left out, the largest first.
     *
     * @param owner whose they are: nobody else gets them back
     * @param limit how many bytes there may be
     * @return empty when not even the rest fits
     */
    public Optional<byte[]> toBytes(String owner, int limit) {
        byte[] rest = facts();
        long left = (long) limit - LONGEST_HEADER - rest.length;
        if (left < 0) {
            return Optional.empty();
        }
        List<Map.Entry<String, byte[]>> smallestFirst = lists.entrySet().stream()
                .map(list -> Map.entry(list.getKey(), array(list.getValue())))
                .sorted(Comparator.comparingInt(list -> list.getValue().length))
                .toList();
        Map<String, byte[]> fitting = new TreeMap<>();
        for (Map.Entry<String, byte[]> list : smallestFirst) {
            left -= list.getKey().length() + list.getValue().length + PUNCTUATION;
            if (left < 0) {
                break;
            }
            fitting.put(list.getKey(), list.getValue());
        }
        return Optional.of(whole(owner, rest, fitting));
    }

    private byte[] facts() {
        StringBuilder text = new StringBuilder(256)
                .append("{\"era\":")
                .append(JsonText.quote(negotiated.era().name()))
                .append(",\"protocolVersion\":")
                .append(JsonText.quote(negotiated.protocolVersion()))
                .append(",\"capabilities\":")
                .append(negotiated.capabilities().text());
        negotiated
                .serverInfo()
                .ifPresent(info -> text.append(",\"serverInfo\":").append(info.text()));
        negotiated
                .instructions()
                .ifPresent(words -> text.append(",\"instructions\":").append(JsonText.quote(words)));
        return utf8(text.append(",\"lists\":{").toString());
    }

    private static byte[] array(List<Item> items) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write('[');
        for (Item item : items) {
            if (text.size() > 1) {
                text.write(',');
            }
            text.writeBytes(item.raw().bytes());
        }
        text.write(']');
        return text.toByteArray();
    }

    private static byte[] whole(String owner, byte[] facts, Map<String, byte[]> lists) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(facts);
        String separator = "";
        for (Map.Entry<String, byte[]> list : lists.entrySet()) {
            body.writeBytes(utf8(separator + JsonText.quote(list.getKey()) + ":"));
            body.writeBytes(list.getValue());
            separator = ",";
        }
        body.writeBytes(utf8("}}"));
        byte[] content = body.toByteArray();
        ByteArrayOutputStream whole = new ByteArrayOutputStream(content.length + LONGEST_HEADER);
        whole.writeBytes(utf8(header(owner, content)));
        whole.writeBytes(content);
        return whole.toByteArray();
    }

    /** The checksum finds what a disk damaged; whoever can write here on purpose is the user. */
    private static String header(String owner, byte[] content) {
        CRC32C sum = new CRC32C();
        sum.update(content);
        return FORMAT + owner + " " + Long.toHexString(sum.getValue()) + "\n";
    }

    /** What was kept; empty when the bytes are broken, of another version or another owner's. */
    public static Optional<LastKnown> of(String owner, byte[] bytes) {
        int end = 0;
        while (end < bytes.length && end < LONGEST_HEADER && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOfRange(bytes, end + 1, bytes.length);
        String header = new String(bytes, 0, end + 1, StandardCharsets.UTF_8);
        if (!header.equals(header(owner, content))) {
            return Optional.empty();
        }
        try {
            return read(JsonSlices.ofObject(content));
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    private static Optional<LastKnown> read(JsonSlices facts) throws MalformedJson {
        Optional<Era> era = facts.string("era").flatMap(LastKnown::era);
        Optional<String> version = facts.string("protocolVersion");
        Optional<RawJson> capabilities = facts.raw("capabilities");
        if (era.isEmpty() || version.isEmpty() || capabilities.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<Item>> lists = new LinkedHashMap<>();
        Optional<JsonSlices> kept = facts.object("lists");
        if (kept.isPresent()) {
            for (String method : kept.get().names()) {
                lists.put(method, ListReader.items(kept.get().raw(method).orElseThrow()));
            }
        }
        return Optional.of(new LastKnown(
                new Negotiated(
                        era.get(),
                        version.get(),
                        capabilities.get(),
                        facts.raw("serverInfo"),
                        facts.string("instructions")),
                lists));
    }

    private static Optional<Era> era(String name) {
        return Arrays.stream(Era.values())
                .filter(era -> era.name().equals(name))
                .findFirst();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
