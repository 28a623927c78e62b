package dev.drawbridge.proxy;

import dev.drawbridge.hub.ServerName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The names that one server's tools and prompts have among those of all servers: {@code server__tool}. Models take names of
 * letters, digits, underscores and hyphens, at most 64 of them; a name that would be anything else ends in a piece of its
 * digest instead. So a name depends on nothing but the server and the tool, and no two become one.
 */
final class JoinedNames {
    private static final int LONGEST = 64;
    private static final int DIGEST = 8;
    private static final String JOINT = "__";
    private static final Pattern REFUSED = Pattern.compile("[^A-Za-z0-9_-]");

    private JoinedNames() {}

    static String of(ServerName server, String name) {
        String plain = server.value() + JOINT + name;
        // A joint within the server's name, or at its end, would leave open where the tool's begins.
        boolean clear = !server.value().contains(JOINT)
                && !server.value().endsWith("_")
                && !name.startsWith("_")
                && plain.length() <= LONGEST
                && !REFUSED.matcher(plain).find();
        if (clear) {
            return plain;
        }
        String readable = REFUSED.matcher(plain).replaceAll("_");
        int room = LONGEST - DIGEST - 1;
        return (readable.length() > room ? readable.substring(0, room) : readable) + "_"
                + digest(server.value() + "\0" + name);
    }

    private static String digest(String text) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole, 0, DIGEST / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
