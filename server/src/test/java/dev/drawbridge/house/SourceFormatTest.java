package dev.drawbridge.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every Java file is formatted by palantir-java-format. A test rather than a Maven plugin, because a plugin runs on
 * Maven's own, possibly older, JDK, whose parser does not know record patterns.
 */
final class SourceFormatTest {
    private static final String REPAIR = "mvn -q -pl server test -Dtest=SourceFormatTest -Ddrawbridge.format=apply";

    @Test
    void everySourceFileIsFormatted() throws Exception {
        boolean apply = "apply".equals(System.getProperty("drawbridge.format"));
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        List<String> unformatted = sources().parallelStream()
                .filter(file -> !isFormatted(formatter, file, apply))
                .map(Path::toString)
                .sorted()
                .toList();
        assertEquals(List.of(), unformatted, () -> "Not formatted; repair with: " + REPAIR);
    }

    /** Whether a file is formatted, or was made so. */
    private static boolean isFormatted(Formatter formatter, Path file, boolean apply) {
        try {
            String before = Files.readString(file);
            if (before.startsWith("// Generated from ")) {
                // GeneratedFilesTest of protocol-spec compares it with the formatted original.
                return true;
            }
            String after = formatter.formatSourceAndFixImports(before);
            if (apply && !after.equals(before)) {
                Files.writeString(file, after);
            }
            return apply || after.equals(before);
        } catch (IOException | FormatterException e) {
            throw new AssertionError(file + " cannot be formatted", e);
        }
    }

    private static List<Path> sources() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String root : List.of("src", "../protocol-spec/src")) {
            if (Files.isDirectory(Path.of(root))) {
                try (Stream<Path> files = Files.walk(Path.of(root))) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
                }
            }
        }
        return found;
    }
}
