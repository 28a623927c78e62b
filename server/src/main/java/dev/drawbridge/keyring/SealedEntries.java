package dev.drawbridge.keyring;

import dev.drawbridge.oauth.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The plain content of a sealed file: a count, then each name and value, each with its length before it. */
final class SealedEntries {
    private static final int MOST = 100_000;

    private SealedEntries() {}

    static byte[] encode(Map<String, Secret> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(entries.size());
        for (Map.Entry<String, Secret> entry : entries.entrySet()) {
            write(out, entry.getKey());
            write(out, entry.getValue().value());
        }
        return bytes.toByteArray();
    }

    static Map<String, Secret> decode(byte[] plain) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("it claims " + count + " entries");
        }
        Map<String, Secret> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            entries.put(read(in), new Secret(read(in)));
        }
        if (in.available() > 0) {
            throw new IOException("there is more in it than its entries");
        }
        return entries;
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("an entry is cut short");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
