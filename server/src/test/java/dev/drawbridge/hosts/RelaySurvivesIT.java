package dev.drawbridge.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.hosts.Host.Era;
import dev.drawbridge.journeys.Desk;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.TalkativeServer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Daemons come and go; their hosts lose the calls under way and notice nothing else. */
@ExtendWith(Conversation.class)
final class RelaySurvivesIT {
    private static TalkativeServer server;

    @BeforeAll
    static void start() {
        server = new TalkativeServer();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void aDaemonThatIsKilledOrStoppedTakesOnlyTheCallsUnderWay(Era era) throws Exception {
        try (Desk desk = new Desk()) {
            desk.configure(Desk.servers(Desk.remote("notes", server.url())));
            String who = "survivor " + era;
            String watched = "test://" + who;
            Host host = Host.start(desk, who, era, "notes");
            host.greet();
            assertEquals("Echo: before", host.call("echo", Host.message("before")));
            host.hear("error");
            host.watch(watched);
            Desk.until("the subscription", () -> server.subscriptions().contains(watched));

            for (String way : List.of("killed", "stopped")) {
                int watching = Collections.frequency(server.subscriptions(), watched);
                int working = server.begun().size();
                int place = host.place();
                int underWay = host.beginCall("work", Host.work(who, 1000, 1000));
                Desk.until("the work's begin", () -> server.begun().size() > working);
                ProcessHandle daemon = desk.daemon().orElseThrow();
                if (way.equals("killed")) {
                    daemon.destroyForcibly();
                } else {
                    desk.run("stop");
                }
                JsonObject lost = host.answer(underWay).getAsJsonObject("error");
                assertEquals(
                        "daemon.lost", lost.getAsJsonObject("data").get("code").getAsString(), lost.toString());
                assertEquals("Echo: " + way, host.call("echo", Host.message(way)));
                assertNotEquals(daemon.pid(), desk.daemon().orElseThrow().pid());

                Desk.until(
                        "the subscription's return",
                        () -> Collections.frequency(server.subscriptions(), watched) > watching);
                host.call("touch", Host.of("who", who));
                JsonObject updated = host.awaitMessage(place, "notifications/resources/updated", params -> true);
                assertEquals(watched, Host.params(updated).get("uri").getAsString());
                assertTrue(host.count(place, "notifications/tools/list_changed") <= 1, host.log());
                assertTrue(host.process().isAlive(), "the host's process was never restarted");
                if (era == Era.INITIALIZE) {
                    assertEquals("error", server.levels().getLast());
                }
            }
            List<JsonObject> introductions = host.all(message ->
                    message.has("result") && message.getAsJsonObject("result").has("serverInfo"));
            assertEquals(era == Era.INITIALIZE ? 1 : 0, introductions.size(), "one answer to one initialize");
            List<JsonObject> unasked = host.all(message ->
                    !message.has("method") && !message.get("id").toString().matches("[0-9]+"));
            assertEquals(List.of(), unasked, "no answers to what the host never asked");
            host.close();
        }
    }
}
