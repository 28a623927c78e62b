package dev.drawbridge.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.journeys.Desk;
import dev.drawbridge.journeys.Village;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.TalkativeServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official SDK's client, in both of its generations, has nothing to notice about Drawbridge in between. */
@Tag("full")
@ExtendWith(Conversation.class)
final class OfficialHostIT {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void callsReportsQuestionsAndCancellationsReachWhomTheyAreFor(int generation) throws Exception {
        try (TalkativeServer server = new TalkativeServer();
                Desk desk = new Desk()) {
            desk.configure(Desk.servers(Desk.remote("notes", server.url())));
            try (OfficialHost host = new OfficialHost(desk, generation, "notes")) {
                host.awaitConnected();
                assertTrue(host.tools().contains("echo"));
                assertEquals("Echo: hello", OfficialHost.text(host.call("echo", Host.message("hello"))));

                int before = host.place();
                assertEquals("me has worked", OfficialHost.text(host.call("work", Host.work("me", 3, 50))));
                assertEquals(
                        "[1,2,3]",
                        host.awaitEvent(before, "progress").get("steps").toString());

                String name = "official-host-" + generation;
                assertEquals("me says " + name + " to me", OfficialHost.text(host.call("ask", Host.of("who", "me"))));
                assertEquals("me samples sampled: me", OfficialHost.text(host.call("sample", Host.of("who", "me"))));
                assertEquals("me is in file:///official", OfficialHost.text(host.call("roots", Host.of("who", "me"))));

                host.error("cancel", "work", Host.work("me", 500, 50));
                Desk.until("the cancellation", () -> server.cancelled().equals(List.of("me")));
                assertEquals("Echo: after", OfficialHost.text(host.call("echo", Host.message("after"))));
            }
            if (generation == 1) {
                // The connection that hosts and editors share outlives the last of them for half a minute.
                Desk.until("the end of every session", Duration.ofSeconds(60), () -> server.sessions() == 0);
            } else {
                desk.run("stop");
                Desk.until("the end of every session", () -> server.sessions() == 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aServerThatNeedsSignInOffersTheWayThereAndThenItsTools(int generation) throws Exception {
        try (Village village = new Village();
                Desk desk = Desk.withKeyring()) {
            desk.configure(village.configuration());
            try (OfficialHost host = new OfficialHost(desk, generation, "notes")) {
                host.awaitConnected();
                assertEquals(List.of("authenticate"), host.tools());
                JsonObject refused = host.call("echo", Host.message("too early"));
                assertTrue(refused.get("isError").getAsBoolean(), refused.toString());
                String offered = OfficialHost.text(host.call("authenticate", new JsonObject()));
                assertEquals(
                        SignInPage.in(OfficialHost.text(refused)), SignInPage.in(offered), "one sign-in at a time");

                int before = host.place();
                SignInPage.visit(village, SignInPage.in(offered));
                host.awaitEvent(before, "notifications/tools/list_changed");
                assertTrue(host.tools().contains("echo"));
                assertEquals("Echo: at last", OfficialHost.text(host.call("echo", Host.message("at last"))));
                assertEquals(List.of(), desk.opened());
                assertEquals(1, village.issuer().authorizeRequests());
            }
        }
    }
}
