package dev.drawbridge.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.drawbridge.spec.emit.GeneratedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generator notices every way in which a generated file can be out of date, and repairs it. */
final class GeneratorTest {
    private static final String TYPES = "server/src/main/java/dev/drawbridge/protocol/";

    @TempDir
    Path root = Path.of("");

    @Test
    void findsAndRepairsWhatIsMissingChangedOrStale() throws Exception {
        Files.createDirectories(root.resolve("protocol-spec/model"));
        Files.writeString(root.resolve("protocol-spec/model/introduction.md"), "# Test\n");
        Files.writeString(root.resolve("protocol-spec/model/new-editor.md"), "# Test\n");
        Files.writeString(root.resolve("protocol-spec/model/drawbridge-protocol.json"), """
            {"metaData": {"version": "0.0"}, "requests": [], "notifications": [], "structures": [], "unions": [],
             "enumerations": [], "typeAliases": []}\
            """);
        Generator generator = new Generator(root);
        Path byHand = root.resolve(TYPES + "ByHand.java");
        Files.createDirectories(byHand.getParent());
        Files.writeString(byHand, "// Written by hand.\n");
        Path gone = root.resolve(TYPES + "Gone.java");
        Files.writeString(gone, "// " + GeneratedFile.NOTICE + "\n");
        assertEquals(
                Set.of(
                        TYPES + "Gone.java",
                        TYPES + "MessageType.java",
                        TYPES + "Methods.java",
                        TYPES + "json/ProtocolAdapters.java",
                        "clients/emacs/drawbridge-protocol.el",
                        "clients/neovim/lua/drawbridge/protocol.lua",
                        "clients/vscode/src/generated/protocol.ts",
                        "protocol-spec/generated/drawbridge.schema.json",
                        "protocol-spec/new-editor.md",
                        "protocol-spec/specification.md"),
                generator.outdated());

        generator.write();

        assertEquals(Set.of(), generator.outdated());
        assertFalse(Files.exists(gone), "a stale file is still there");
        assertEquals("// Written by hand.\n", Files.readString(byHand));

        Files.writeString(root.resolve(TYPES + "Methods.java"), "// edited\n");
        assertEquals(Set.of(TYPES + "Methods.java"), generator.outdated());
    }
}
