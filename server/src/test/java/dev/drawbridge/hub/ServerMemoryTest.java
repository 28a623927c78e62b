package dev.drawbridge.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.drawbridge.config.CacheFolder;
import dev.drawbridge.mcp.Era;
import dev.drawbridge.mcp.LastKnown;
import dev.drawbridge.mcp.ListReader.Item;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.oauth.ClientSettings;
import dev.drawbridge.oauth.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerMemoryTest {
    private static final Target ANN = target("ann");
    private static final Target BOB = target("bob");

    @TempDir
    Path parent;

    @Test
    void whatIsKeptIsThereForTheNextDaemon() throws IOException {
        ServerMemory.Key key = ServerMemory.Key.of(Optional.of(ANN), "aa");
        try (ServerMemory memory = memory()) {
            memory.keep(key, known("first"));
            memory.keep(key, known("second"));
        }
        assertEquals(Optional.of(known("second")), memory().recall(key));
        assertEquals(1, files().size());
        assertFalse(files().getFirst().contains("example"), "a name tells nothing of the server");
    }

    @Test
    void eachAccountAndEachDefinitionHasItsOwn() throws IOException {
        ServerMemory.Key anns = ServerMemory.Key.of(Optional.of(ANN), "aa");
        try (ServerMemory memory = memory()) {
            memory.keep(anns, known("ann's"));
        }
        assertNotEquals(
                anns.credential(), ServerMemory.Key.of(Optional.of(BOB), "aa").credential());
        for (ServerMemory.Key other : List.of(
                ServerMemory.Key.of(Optional.of(BOB), "aa"),
                ServerMemory.Key.of(Optional.of(ANN), "ab"),
                ServerMemory.Key.of(Optional.empty(), "aa"))) {
            assertEquals(Optional.empty(), memory().recall(other), other.toString());
            // Not even when somebody puts the file in the other's place.
            Path folder = parent.resolve("cache");
            Files.copy(folder.resolve(anns.file()), folder.resolve(other.file()));
            assertEquals(Optional.empty(), memory().recall(other), other.toString());
        }
    }

    @Test
    void signingOutForgetsAllOfThatCredentialAndNothingElse() throws IOException {
        try (ServerMemory memory = memory()) {
            for (String identity : List.of("aa", "ab")) {
                memory.keep(ServerMemory.Key.of(Optional.of(ANN), identity), known("ann's"));
                memory.keep(ServerMemory.Key.of(Optional.of(BOB), identity), known("bob's"));
            }
            memory.forget(ANN);
            // Also what was still to be written.
            assertEquals(Optional.empty(), memory.recall(ServerMemory.Key.of(Optional.of(ANN), "ab")));
        }
        assertEquals(Optional.empty(), memory().recall(ServerMemory.Key.of(Optional.of(ANN), "aa")));
        assertEquals(Optional.empty(), memory().recall(ServerMemory.Key.of(Optional.of(ANN), "ab")));
        assertEquals(Optional.of(known("bob's")), memory().recall(ServerMemory.Key.of(Optional.of(BOB), "aa")));
        assertEquals(2, files().size());
    }

    @Test
    void aBrokenFileIsNoMemoryAndIsWrittenAnew() throws IOException {
        ServerMemory.Key key = ServerMemory.Key.of(Optional.empty(), "aa");
        Path file = Files.createDirectories(parent.resolve("cache")).resolve(key.file());
        for (String broken : List.of("", "{}", "drawbridge last-known 9 x y\n{}")) {
            Files.writeString(file, broken);
            try (ServerMemory memory = memory()) {
                assertEquals(Optional.empty(), memory.recall(key), broken);
                memory.keep(key, known("anew"));
            }
            assertEquals(Optional.of(known("anew")), memory().recall(key));
        }
    }

    @Test
    void whatHasGrownTooLargeLeavesNothingOldBehind() throws IOException {
        ServerMemory.Key key = ServerMemory.Key.of(Optional.empty(), "aa");
        Negotiated huge = new Negotiated(
                Era.INITIALIZE, "2025-11-25", RawJson.EMPTY_OBJECT, Optional.empty(), Optional.of("x".repeat(5 << 20)));
        try (ServerMemory memory = memory()) {
            memory.keep(key, known("small"));
        }
        try (ServerMemory memory = memory()) {
            memory.keep(key, new LastKnown(huge, Map.of()));
        }
        assertEquals(List.of(), files());
    }

    @Test
    void aDiskThatRefusesOrIsNotThereHurtsNobody() throws IOException {
        ServerMemory.Key key = ServerMemory.Key.of(Optional.of(ANN), "aa");
        Files.writeString(parent.resolve("cache"), "a file, not a folder");
        for (ServerMemory each : List.of(memory(), new ServerMemory(Optional.empty()))) {
            try (each) {
                each.keep(key, known("x"));
                each.forget(ANN);
                assertEquals(Optional.empty(), each.recall(key));
            }
        }
    }

    private ServerMemory memory() {
        return new ServerMemory(Optional.of(new CacheFolder(parent.resolve("cache"))));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(parent.resolve("cache"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static LastKnown known(String tool) {
        return new LastKnown(
                new Negotiated(Era.INITIALIZE, "2025-11-25", RawJson.EMPTY_OBJECT, Optional.empty(), Optional.empty()),
                Map.of("tools/list", List.of(new Item(tool, RawJson.of("{\"name\":\"" + tool + "\"}")))));
    }

    private static Target target(String account) {
        return new Target(URI.create("https://example.com/mcp?key=1"), Optional.of(account), ClientSettings.DEFAULT);
    }
}
