package dev.drawbridge.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.hosts.Host.Era;
import dev.drawbridge.journeys.Desk;
import dev.drawbridge.journeys.Editor;
import dev.drawbridge.journeys.Village;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.TalkativeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was known of a server outlives the daemon: a host that starts while the server is away has its tools. */
@Tag("full")
@ExtendWith(Conversation.class)
final class RestartedDaemonIT {
    private static final String SECRET = "not-for-a-cache-0815";

    @ParameterizedTest
    @EnumSource(Era.class)
    void aServerThatIsDownAtTheNextStartHasItsToolsAndItsCallsComeBackWithIt(Era era) throws Exception {
        try (Desk desk = new Desk()) {
            JsonObject introduction;
            List<String> tools;
            URI url;
            try (TalkativeServer server = new TalkativeServer()) {
                url = server.url();
                desk.configure("{\"mcpServers\":{\"notes\":{\"url\":\"" + url + "?key=" + SECRET
                        + "\",\"headers\":{\"X-Key\":\"" + SECRET + "\"}}}}");
                Host host = Host.start(desk, "before", era, "notes");
                host.greet();
                tools = host.tools();
                assertTrue(tools.contains("echo"), tools::toString);
                Desk.until("a file of what is known", () -> !kept(desk).isEmpty());
                host.close();
                // The first one may have been greeted before the server had said anything.
                try (Host second = Host.start(desk, "second", era, "notes")) {
                    introduction = second.greet();
                }
                desk.run("stop");
            }

            Host host = Host.start(desk, "after", era, "notes");
            JsonObject again = host.greet();
            assertEquals(introduction.get("capabilities"), again.get("capabilities"), "as the server itself said");
            assertEquals(introduction.get("serverInfo"), again.get("serverInfo"));
            assertEquals(tools, host.tools());
            int call = host.beginCall("echo", Host.message("too early"));
            String wrong = host.answer(call)
                    .getAsJsonObject("error")
                    .getAsJsonObject("data")
                    .get("action")
                    .getAsString();
            assertTrue(!wrong.isBlank(), "it says what to do");

            try (TalkativeServer _ = TalkativeServer.at(url)) {
                assertEquals("Echo: back", host.call("echo", Host.message("back")));
                host.close();
            }
            assertEquals(1, kept(desk).size());
            Path file = kept(desk).getFirst();
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals(
                    List.of(),
                    desk.home().filesWith(List.of(SECRET)).stream()
                            .filter(found -> found.startsWith(cache(desk)))
                            .toList());
        }
    }

    /** The sign-in is kept in memory here, and so lost with the daemon, as when a keyring is emptied. */
    @Test
    void aHostThatIsSignedOutAtTheNextStartHasTheToolsAndHearsWhereToSignIn() throws Exception {
        try (Village village = new Village();
                Desk desk = new Desk()) {
            desk.home().with("DRAWBRIDGE_TOKEN_STORE", "memory");
            desk.configure(village.configuration());
            Editor editor = desk.editor("Editor", Editor.THIN);
            village.signIn(editor);
            Host before = Host.start(desk, "before", Era.INITIALIZE, "notes");
            before.greet();
            List<String> tools = before.tools();
            assertTrue(tools.contains("echo"), tools::toString);
            Desk.until("a file of what is known", () -> !kept(desk).isEmpty());
            before.close();
            editor.close();
            desk.run("stop");

            Host host = Host.start(desk, "after", Era.INITIALIZE, "notes");
            host.greet();
            assertEquals(tools, host.tools());
            JsonObject refused = host.answer(host.beginCall("echo", Host.message("who am I")));
            assertTrue(
                    refused.getAsJsonObject("result").get("isError").getAsBoolean(), "nobody is signed in: " + refused);
            SignInPage.visit(village, SignInPage.in(Host.text(refused)));
            Desk.until("the sign-in's end", () -> desk.run("status").contains("connected"));
            assertEquals("Echo: signed in", host.call("echo", Host.message("signed in")));
            desk.run("logout", "notes");
            assertEquals(List.of(), kept(desk), "signing out takes along what only that account saw");
            assertEquals(List.of("authenticate"), host.tools());
            host.close();
        }
    }

    private static Path cache(Desk desk) {
        return desk.home().home().resolve(".cache/drawbridge/servers");
    }

    private static List<Path> kept(Desk desk) {
        if (!Files.isDirectory(cache(desk))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache(desk))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
