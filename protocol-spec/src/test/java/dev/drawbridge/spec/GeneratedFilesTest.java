package dev.drawbridge.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.spec.emit.GeneratedFile;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The committed generated files are what the model asks for. With {@code -Ddrawbridge.generate=write} it makes them so. */
final class GeneratedFilesTest {
    @Test
    void everyGeneratedFileIsUpToDate() throws Exception {
        Generator generator = new Generator(Path.of(".."));
        if ("write".equals(System.getProperty("drawbridge.generate"))) {
            generator.write();
        }
        assertEquals(Set.of(), generator.outdated(), () -> "Not up to date; repair with: " + GeneratedFile.REPAIR);
    }
}
