package dev.drawbridge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.config.ConfigFileWriter.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFileWriterTest {
    @TempDir
    Path folder;

    private ConfigFileWriter writer;
    private Path file;

    @BeforeEach
    void start() {
        writer = new ConfigFileWriter(folder.resolve("locks"));
        file = folder.resolve("config/mcp.json");
    }

    @Test
    void makesTheFileAndItsFolder() throws IOException {
        Outcome outcome = add("x");
        assertInstanceOf(Outcome.Written.class, outcome, outcome::toString);
        assertEquals(((Outcome.Written) outcome).text(), Files.readString(file));
        assertEquals(List.of("mcp.json"), names(folder.resolve("config")), "no temporary file is left");
    }

    @Test
    void refusesAFileThatChangedMeanwhile() throws IOException {
        add("x");
        String read = Files.readString(file);
        Files.writeString(file, "{}");
        Outcome outcome = writer.write(file, Optional.of(read), "[]");
        assertEquals(
                "config.changedMeanwhile",
                assertInstanceOf(Outcome.Failed.class, outcome).code());
        assertEquals("{}", Files.readString(file));
        assertInstanceOf(Outcome.Failed.class, writer.write(file, Optional.empty(), "[]"));
        assertInstanceOf(Outcome.Written.class, writer.write(file, Optional.of("{}"), "{ }"));
        assertEquals("{ }", Files.readString(file));
    }

    @Test
    void aRefusedEditWritesNothing() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(file, "{");
        assertEquals(
                "config.syntax",
                assertInstanceOf(Outcome.Failed.class, add("x")).code());
        assertEquals("{", Files.readString(file));
    }

    @Test
    void manyWritersLoseNothing() throws Exception {
        List<Future<Outcome>> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String name = "server-" + i;
                outcomes.add(threads.submit(() -> new ConfigFileWriter(folder.resolve("locks"))
                        .update(file, text -> ConfigEditor.addServer(text, name, "{\"command\": \"x\"}"))));
            }
            for (Future<Outcome> outcome : outcomes) {
                assertInstanceOf(Outcome.Written.class, outcome.get(30, TimeUnit.SECONDS));
            }
        }
        assertEquals(20, ConfigFile.read(file).servers().size());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keepsTheModeAndFollowsLinks() throws IOException {
        Path real = Files.writeString(folder.resolve("real.json"), "{}");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createDirectories(folder.resolve("config"));
        Files.createSymbolicLink(file, Path.of("../real.json"));
        add("x");
        assertTrue(Files.isSymbolicLink(file));
        assertEquals(1, ConfigFile.read(real).servers().size());
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
        Path fresh = folder.resolve("fresh/mcp.json");
        writer.write(fresh, Optional.empty(), "{}");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)));
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("fresh"))));
    }

    private Outcome add(String name) {
        return writer.update(file, text -> ConfigEditor.addServer(text, name, "{\"command\": \"x\"}"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
