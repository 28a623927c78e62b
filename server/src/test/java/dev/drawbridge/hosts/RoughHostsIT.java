package dev.drawbridge.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.hosts.Host.Era;
import dev.drawbridge.journeys.Desk;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.TalkativeServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hosts that die, that do not read, or that write nonsense harm nobody, themselves included. */
@Tag("full")
@ExtendWith(Conversation.class)
final class RoughHostsIT {
    private static final int MEGABYTE = 1 << 20;
    private static final List<String> NONSENSE = List.of(
            "this is no JSON",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":",
            "[1,2,3]",
            "[]",
            "42",
            "\"text\"",
            "null",
            "{}",
            "{\"jsonrpc\":\"2.0\"}",
            "\u0000\u0001\u0002");

    private static TalkativeServer server;
    private Desk desk;

    @BeforeAll
    static void start() {
        server = new TalkativeServer();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @BeforeEach
    void sit() throws Exception {
        desk = new Desk();
        desk.configure(Desk.servers(Desk.remote("notes", server.url())));
    }

    @AfterEach
    void leave() {
        desk.close();
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void aHostThatDiesInMidCallLeavesNothingBehind(Era era) {
        try (Host steady = Host.start(desk, "steady", era, "notes")) {
            steady.greet();
            assertEquals("Echo: before", steady.call("echo", Host.message("before")));
            int sessions = server.sessions();
            String who = "mortal " + era;
            Host mortal = Host.start(desk, who, era, "notes");
            mortal.greet();
            mortal.beginCall("work", Host.work(who, 1000, 100));
            Desk.until("the work's begin", () -> server.begun().contains(who));
            mortal.process().destroyForcibly();

            Desk.until("the cancellation of its call", () -> server.cancelled().contains(who));
            Desk.until("the end of its session", () -> server.sessions() == sessions);
            Desk.until("the end of its relay", () -> desk.processes().size() == 2);
            assertEquals("Echo: after", steady.call("echo", Host.message("after")));
        }
    }

    @Test
    void aHostThatDoesNotReadHoldsUpNobodyElse() {
        Host deaf = Host.silent(desk, "deaf", Era.INITIALIZE, Map.of(), List.of("notes"));
        deaf.beginGreeting();
        deaf.greeted();
        JsonObject length = new JsonObject();
        length.addProperty("length", 4 * MEGABYTE);
        List<Integer> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(deaf.beginCall("large", length));
        }
        try (Host other = Host.start(desk, "other", Era.STATELESS, "notes")) {
            other.greet();
            for (int i = 0; i < 20; i++) {
                assertEquals("Echo: " + i, other.call("echo", Host.message(String.valueOf(i))));
            }
        }
        deaf.listen();
        for (int call : calls) {
            assertEquals(4 * MEGABYTE, Host.text(deaf.answer(call)).length(), "late, but whole");
        }
        deaf.close();
    }

    @Test
    void aLineThatIsNoMessageIsRefusedInWordsAndTheNextOneServed() {
        try (Host host = Host.start(desk, "stammerer", Era.INITIALIZE, "notes")) {
            host.greet();
            for (String line : NONSENSE) {
                int before = refusals(host).size();
                host.sendRaw((line + "\n").getBytes(StandardCharsets.UTF_8));
                Desk.until("a refusal of " + line, () -> refusals(host).size() > before);
                JsonObject refusal = refusals(host).getLast().getAsJsonObject("error");
                assertTrue(List.of(-32700, -32600).contains(refusal.get("code").getAsInt()), refusal.toString());
                assertTrue(!refusal.get("message").getAsString().isBlank(), refusal.toString());
                assertEquals("Echo: " + before, host.call("echo", Host.message(String.valueOf(before))));
            }
        }
    }

    @Test
    void aLineOfAHundredMegabytesIsRefusedInWordsAndTheNextOneServed() {
        try (Host host = Host.start(desk, "windbag", Era.INITIALIZE, "notes")) {
            host.greet();
            sendLine(host, 100);
            Desk.until("a refusal", () -> !refusals(host).isEmpty());
            assertTrue(refusals(host).toString().contains("longer"), host.log());
            sendLine(host, 60);
            assertTrue(host.answer(77).has("error"), "it arrived, and its parameters are of the wrong kind");
            assertEquals("Echo: on", host.call("echo", Host.message("on")));
        }
    }

    @Test
    void aNameThatIsNotConfiguredIsSaidOnTheWireAndNowhereElse() {
        try (Host host = Host.start(desk, "lost", Era.INITIALIZE, "nosuch")) {
            host.greet();
            assertEquals(List.of(), host.tools());
            JsonObject failed = host.answer(host.beginCall("echo", Host.message("hello")));
            assertTrue(failed.toString().contains("nosuch"), failed.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void aServerThatNeverAnswersKeepsNoHostWaiting(Era era) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/mcp");
            desk.configure(Desk.servers(Desk.remote("silent", url)));
            try (Host host = Host.start(desk, "patient", era, "silent")) {
                host.greet();
                assertEquals(List.of(), host.tools());
            }
        }
    }

    private static void sendLine(Host host, int megabytes) {
        byte[] piece = new byte[MEGABYTE];
        Arrays.fill(piece, (byte) 'x');
        host.sendRaw("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"tools/call\",\"params\":\""
                .getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < megabytes; i++) {
            host.sendRaw(piece);
        }
        host.sendRaw("\"}\n".getBytes(StandardCharsets.UTF_8));
    }

    private static List<JsonObject> refusals(Host host) {
        return host.all(message ->
                message.has("error") && message.has("id") && message.get("id").isJsonNull());
    }
}
