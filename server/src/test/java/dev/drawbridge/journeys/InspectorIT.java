package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.testkit.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The MCP Inspector prints the same bytes of a server whether it asks it directly, through the proxy, or over local HTTP. */
@Tag("full")
final class InspectorIT {
    private static final List<List<String>> REQUESTS = List.of(
            List.of("--method", "tools/list"),
            List.of("--method", "resources/list"),
            List.of("--method", "resources/templates/list"),
            List.of("--method", "prompts/list"),
            List.of("--method", "resources/read", "--uri", "test://static-text"),
            List.of("--method", "resources/read", "--uri", "test://static-binary"),
            List.of("--method", "resources/read", "--uri", "test://template/日本/data"),
            List.of("--method", "prompts/get", "--prompt-name", "test_prompt_with_image"),
            List.of(
                    "--method",
                    "prompts/get",
                    "--prompt-name",
                    "test_prompt_with_arguments",
                    "--prompt-args",
                    "arg1=ä\"\\",
                    "arg2=👩‍👩‍👧‍👦"),
            call("test_multiple_content_types"),
            call("test_audio_content"),
            call("test_error_handling"),
            call("scripts"),
            call("nest", "depth=200"),
            call("measure", "bytes=5242880"));

    private static List<String> call(String tool, String... arguments) {
        List<String> words = new ArrayList<>(List.of("--method", "tools/call", "--tool-name", tool));
        for (String argument : arguments) {
            words.add("--tool-arg");
            words.add(argument);
        }
        return words;
    }

    @Test
    void everyWayShowsTheSameBytes() throws Exception {
        Suite suite = new Suite();
        int port = FidelityIT.freePort();
        try (Desk desk = new Desk();
                ChildProcess server = suite.serve(System.getenv(), "reference-server.mjs", "initialize")) {
            URI url = Suite.address(server);
            desk.configure(
                    "{\"drawbridge\":{\"http\":" + port + "},\"mcpServers\":{" + Desk.remote("reference", url) + "}}");
            desk.run("tools", "reference");
            String token = Files.readString(FidelityIT.tokenFile(desk)).strip();
            Desk.until("the address", () -> desk.run("http").contains("127.0.0.1:" + port + "/mcp"));
            Path proxy = proxy(desk);
            long compared = 0;
            for (List<String> request : REQUESTS) {
                byte[] directly = ask(suite, desk, List.of(url.toString(), "--transport", "http"), request);
                compared += directly.length;
                same(directly, ask(suite, desk, List.of(proxy.toString()), request), request);
                List<String> endpoint = List.of(
                        "http://127.0.0.1:" + port + "/mcp/reference",
                        "--transport",
                        "http",
                        "--header",
                        "Authorization: Bearer " + token);
                same(directly, ask(suite, desk, endpoint, request), request);
            }
            assertTrue(compared > 5 << 20, "the requests were answered: " + compared);
        }
    }

    /** The Inspector keeps most of its environment from the programs it starts, so this one brings the user's own. */
    private static Path proxy(Desk desk) throws IOException {
        StringBuilder script = new StringBuilder("#!/bin/sh\n");
        desk.home()
                .environment()
                .forEach((name, value) -> script.append("export ")
                        .append(name)
                        .append("='")
                        .append(value.replace("'", "'\\''"))
                        .append("'\n"));
        Path file = desk.home()
                .write(
                        "proxy",
                        script.append("exec ")
                                .append(Desk.launcher())
                                .append(" proxy reference\n")
                                .toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private static byte[] ask(Suite suite, Desk desk, List<String> target, List<String> request) throws Exception {
        List<String> words = new ArrayList<>(target);
        words.addAll(request);
        return suite.inspect(desk.home().environment(), desk.home().root(), words);
    }

    private static void same(byte[] directly, byte[] through, List<String> request) {
        assertEquals(
                new String(directly, StandardCharsets.UTF_8),
                new String(through, StandardCharsets.UTF_8),
                () -> String.join(" ", request));
    }
}
