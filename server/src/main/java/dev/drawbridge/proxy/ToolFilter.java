package dev.drawbridge.proxy;

import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tools a host is not to see: those its command line leaves out, and those its configuration file switches off. */
final class ToolFilter {
    private final List<Pattern> ignored;

    /**
     * @param ignoredTools names in which an asterisk stands for anything; upper and lower case are one
     */
    ToolFilter(List<String> ignoredTools) {
        ignored = ignoredTools.stream().map(ToolFilter::pattern).toList();
    }

    private static Pattern pattern(String glob) {
        String regex = Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    boolean hides(String tool) {
        return ignored.stream().anyMatch(pattern -> pattern.matcher(tool).matches());
    }

    /** A {@code tools/list} result without what is hidden; the rest byte for byte. */
    RawJson listed(RawJson result, Set<String> disabled) {
        if (ignored.isEmpty() && disabled.isEmpty()) {
            return result;
        }
        try {
            Optional<RawJson> tools = JsonSlices.ofObject(result.bytes()).raw("tools");
            return tools.isEmpty() ? result : JsonEdit.with(result, Map.of("tools", visible(tools.get(), disabled)));
        } catch (MalformedJson e) {
            return result;
        }
    }

    /** The same for the list alone. */
    RawJson visible(RawJson tools, Set<String> disabled) throws MalformedJson {
        StringJoiner kept = new StringJoiner(",", "[", "]");
        for (JsonSlices.Slice slice : JsonSlices.ofArray(tools.bytes())) {
            byte[] tool = Arrays.copyOfRange(tools.bytes(), slice.from(), slice.to());
            String name = JsonSlices.ofObject(tool).string("name").orElse("");
            if (!hides(name) && !disabled.contains(name)) {
                kept.add(new String(tool, StandardCharsets.UTF_8));
            }
        }
        return RawJson.of(kept.toString());
    }
}
