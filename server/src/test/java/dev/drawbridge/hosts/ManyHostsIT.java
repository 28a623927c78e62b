package dev.drawbridge.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.hosts.Host.Era;
import dev.drawbridge.journeys.Desk;
import dev.drawbridge.journeys.Editor;
import dev.drawbridge.journeys.Village;
import dev.drawbridge.testkit.Conversation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many hosts on one machine are one user: signed in once, refreshed once, and asked for nothing. */
@ExtendWith(Conversation.class)
final class ManyHostsIT {
    private static final int MANY = 20;
    private static final int FEW = 5;

    @Test
    @Tag("full")
    void twentyHostsShareOneSignInAndEachRefresh() throws Exception {
        try (Village village = new Village();
                Desk desk = Desk.withKeyring()) {
            desk.configure(village.configuration());
            List<Host> hosts = start(desk, MANY);
            hosts.forEach(Host::greet);
            Host first = hosts.getFirst();
            SignInPage.visit(village, SignInPage.in(first.call("authenticate", new JsonObject())));
            Desk.until("the first host's tools", () -> first.tools().contains("echo"));
            callAll(hosts, "signed in");
            assertEquals(1, village.issuer().tokens("authorization_code"));

            for (int round = 1; round <= 2; round++) {
                village.server().dropTokens();
                callAll(hosts, "round " + round);
                assertEquals(round, village.issuer().tokens("refresh_token"), "one refresh each time");
            }
            assertEquals(0, village.issuer().refreshTokensReused());
            assertEquals(1, village.issuer().authorizeRequests());
            assertEquals(List.of(), desk.opened());
            assertEquals(MANY, subjects(village), "every host has called for itself in the last round");
            hosts.forEach(Host::close);
        }
    }

    @Test
    void fiveHostsAtALockedDoorAreAnsweredAtOnceAndComeAliveWithOneSignIn() throws Exception {
        try (Village village = new Village();
                Desk desk = Desk.withKeyring()) {
            desk.configure(village.configuration());
            Editor editor = desk.editor("Editor", Editor.THIN);
            List<Host> hosts = start(desk, FEW);
            for (Host host : hosts) {
                long began = System.nanoTime();
                host.greet();
                long greeted = System.nanoTime();
                assertEquals(List.of("authenticate"), host.tools());
                long listed = System.nanoTime();
                System.out.printf(
                        "%s: introduced after %d ms, listed after %d ms%n",
                        host.name(), millis(began, greeted), millis(greeted, listed));
            }
            assertEquals(0, village.issuer().tokens("authorization_code"), "nobody has signed in yet");
            assertEquals(0, village.issuer().authorizeRequests());
            JsonObject asked = editor.awaitMessage("mcp/authRequired", params -> true);

            List<Integer> places = new ArrayList<>();
            Set<Object> addresses = new HashSet<>();
            for (Host host : hosts) {
                JsonObject refused = host.answer(host.beginCall("echo", Host.message("early")));
                assertTrue(refused.getAsJsonObject("result").get("isError").getAsBoolean(), refused.toString());
                addresses.add(SignInPage.in(Host.text(refused)));
                host.listenForLists();
                places.add(host.place());
            }
            assertEquals(1, addresses.size(), "all are sent to one sign-in");
            assertEquals(1, editor.count(0, "mcp/authRequired"), "one message for all: " + asked);

            SignInPage.visit(village, SignInPage.in(hosts.getLast().call("authenticate", new JsonObject())));
            for (int i = 0; i < FEW; i++) {
                Host host = hosts.get(i);
                host.awaitMessage(places.get(i), "notifications/tools/list_changed", params -> true);
                assertTrue(host.tools().contains("echo"), host.name());
                assertFalse(host.tools().contains("authenticate"), host.name());
                assertEquals("Echo: alive", host.call("echo", Host.message("alive")));
            }
            for (Host host : hosts) {
                assertEquals(1, host.count(0, "notifications/tools/list_changed"), host.log());
            }
            editor.awaitState("notes", "connected");
            assertEquals(1, village.issuer().authorizeRequests());
            assertEquals(List.of(), desk.opened());
            hosts.forEach(Host::close);
        }
    }

    /** Hosts of both eras in turn, started at once. */
    private static List<Host> start(Desk desk, int count) {
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hosts.add(Host.start(desk, "host " + i, i % 2 == 0 ? Era.INITIALIZE : Era.STATELESS, "notes"));
        }
        return hosts;
    }

    private static void callAll(List<Host> hosts, String words) {
        List<Integer> calls = new ArrayList<>();
        hosts.forEach(host -> calls.add(host.beginCall("echo", Host.message(words + " " + host.name()))));
        for (int i = 0; i < hosts.size(); i++) {
            Host host = hosts.get(i);
            assertEquals("Echo: " + words + " " + host.name(), Host.text(host.answer(calls.get(i))));
        }
    }

    private static int subjects(Village village) {
        return (int) village.server().calls().stream()
                .map(call -> call.getAsJsonObject())
                .filter(call -> call.get("message").getAsString().startsWith("round 2"))
                .filter(call -> call.get("subject").getAsString().equals("alice"))
                .map(call -> call.get("message").getAsString())
                .distinct()
                .count();
    }

    private static long millis(long from, long to) {
        return Duration.ofNanos(to - from).toMillis();
    }
}
