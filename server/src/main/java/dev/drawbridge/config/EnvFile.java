package dev.drawbridge.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the file that {@code envFile} names: a line each {@code NAME=value}, with {@code export}, comments, single quotes
 * (taken as they are) and double quotes (with {@code \n}, {@code \t}, {@code \"} and {@code \\}), which may span lines. Other
 * lines are passed over. Variables in it are not replaced.
 */
final class EnvFile {
    private static final Pattern LINE = Pattern.compile(
            "^[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*=[ \\t]*"
                    + "(?:'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\r\\n]*))",
            Pattern.MULTILINE | Pattern.DOTALL);

    private EnvFile() {}

    static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher matcher = LINE.matcher(text.startsWith("\uFEFF") ? text.substring(1) : text);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (matcher.group(2) != null) {
                values.put(name, matcher.group(2));
            } else if (matcher.group(3) != null) {
                values.put(name, unescape(matcher.group(3)));
            } else {
                values.put(name, withoutComment(matcher.group(4)));
            }
        }
        return values;
    }

    private static String withoutComment(String value) {
        String stripped = value.replaceFirst("(^|\\s)#.*$", "");
        return stripped.strip();
    }

    private static String unescape(String quoted) {
        StringBuilder out = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c != '\\' || i + 1 == quoted.length()) {
                out.append(c);
                continue;
            }
            char escaped = quoted.charAt(++i);
            switch (escaped) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case '"', '\\', '$' -> out.append(escaped);
                default -> out.append('\\').append(escaped);
            }
        }
        return out.toString();
    }
}
