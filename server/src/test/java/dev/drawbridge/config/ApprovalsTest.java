package dev.drawbridge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApprovalsTest {
    @TempDir
    Path folder;

    @Test
    void approvesExactlyOneDefinition() {
        Path config = folder.resolve(".mcp.json");
        Approvals approvals = new Approvals(store());
        assertFalse(approvals.isApproved(config, "x", "d1"));
        assertEquals(Optional.empty(), approvals.approve(config, "x", "d1"));
        Approvals later = new Approvals(store());
        assertTrue(later.isApproved(config, "x", "d1"));
        assertFalse(later.isApproved(config, "x", "d2"), "a changed definition asks again");
        assertFalse(later.isApproved(config, "y", "d1"));
        assertFalse(later.isApproved(folder.resolve("other/.mcp.json"), "x", "d1"));
        later.approve(config, "x", "d2");
        assertFalse(later.isApproved(config, "x", "d1"), "the earlier definition is no longer approved");
        assertEquals(Optional.empty(), later.revoke(config, "x"));
        assertFalse(approvals.isApproved(config, "x", "d2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"approvals\": 5}",
                "{\"approvals\": [5]}",
                "{\"approvals\": [{}]}",
                "{\"approvals\": [{\"file\": \"/a\", \"name\": \"x\"}]}",
                "{\"version\": 1}",
                "{\"approvals\": [{\"file\": [], \"name\": \"x\", \"digest\": \"d\"}]}"
            })
    void aDamagedFileApprovesNothing(String text) throws IOException {
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(store(), text);
        Approvals approvals = new Approvals(store());
        assertFalse(approvals.isApproved(Path.of("/a"), "x", "d"));
        assertEquals("config.approvals", approvals.problem().orElseThrow().code());
        approvals.approve(Path.of("/a"), "x", "d");
        assertTrue(approvals.isApproved(Path.of("/a"), "x", "d"), "approving repairs the file");
        assertEquals(Optional.empty(), approvals.problem());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isTheUsersAlone() throws IOException {
        Approvals approvals = new Approvals(store());
        approvals.approve(Path.of("/a"), "x", "d");
        assertEquals("rw-------", mode(store()));
        assertEquals("rwx------", mode(folder.resolve("state")));
        Files.setPosixFilePermissions(store(), PosixFilePermissions.fromString("rw-rw----"));
        assertFalse(approvals.isApproved(Path.of("/a"), "x", "d"), "others could have written it");
        assertTrue(approvals.problem().isPresent());
    }

    @Test
    void saysWhenItCannotStore() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");
        Approvals approvals = new Approvals(inTheWay.resolve("approvals.json"));
        assertTrue(approvals.approve(Path.of("/a"), "x", "d").isPresent());
    }

    private Path store() {
        return folder.resolve("state/approvals.json");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
