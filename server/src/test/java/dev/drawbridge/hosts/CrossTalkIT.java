package dev.drawbridge.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drawbridge.hosts.Host.Era;
import dev.drawbridge.journeys.Desk;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.TalkativeServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Ten hosts of both eras talk with one server at once, with the same request ids and the same progress tokens. Everything
 * the server says names whom it is for, so whatever reaches another is seen.
 */
@ExtendWith(Conversation.class)
final class CrossTalkIT {
    private static final int HOSTS = 10;
    private static final int ROUNDS = 3;
    private static final String ABILITIES = "{\"elicitation\":{},\"sampling\":{},\"roots\":{\"listChanged\":true}}";

    @Test
    void eachHostHearsExactlyItsOwn() throws Exception {
        try (TalkativeServer server = new TalkativeServer();
                Desk desk = new Desk()) {
            desk.configure(Desk.servers(Desk.remote("notes", server.url())));
            List<Host> hosts = new ArrayList<>();
            for (int i = 0; i < HOSTS; i++) {
                String name = "host-" + i;
                hosts.add(Host.start(desk, name, i % 2 == 0 ? Era.INITIALIZE : Era.STATELESS, "notes")
                        .able(ABILITIES)
                        .answering(question -> answer(name, question)));
            }
            hosts.forEach(Host::greet);
            for (int i = 0; i < HOSTS; i++) {
                Host host = hosts.get(i);
                host.hear(i % 4 < 2 ? "error" : "debug");
                host.watch("test://" + host.name());
                host.watch("test://shared");
            }
            Desk.until("every subscription", () -> server.subscriptions().size() == 2 * HOSTS);
            try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> talks = new ArrayList<>();
                hosts.forEach(host -> talks.add(people.submit(() -> talk(host, server))));
                for (Future<?> talk : talks) {
                    talk.get();
                }
            }
            hosts.getFirst().call("touch", Host.of("who", "shared"));
            for (int i = 0; i < HOSTS; i++) {
                Host host = hosts.get(i);
                host.awaitMessage(0, "notifications/resources/updated", is("uri", "test://shared"));
                heardItsOwn(host, i % 4 < 2 ? 1 : 3);
            }
            assertEquals(
                    HOSTS * ROUNDS, server.cancelled().stream().distinct().count(), "each cancellation hit its call");
            hosts.forEach(Host::close);
            desk.run("stop");
            Desk.until("the end of every session", () -> server.sessions() == 0);
        }
    }

    private static void talk(Host host, TalkativeServer server) {
        String me = host.name();
        for (int round = 0; round < ROUNDS; round++) {
            // The same token at every host, for calls of two kinds that overlap.
            int working = host.beginCall("work", Host.work(me + " works", 5, 40), "token-" + round);
            String hasty = me + " gives up " + round;
            int cancelled = host.beginCall("work", Host.work(hasty, 1000, 20), "hasty-" + round);
            Desk.until("the hasty call's begin", () -> server.begun().contains(hasty));
            host.cancel(cancelled);
            assertEquals(me + " says yes, " + me, host.call("ask", Host.of("who", me)));
            assertEquals(me + " samples a song of " + me, host.call("sample", Host.of("who", me)));
            assertEquals(me + " is in file:///" + me, host.call("roots", Host.of("who", me)));
            host.call("log", Host.of("who", me));
            host.call("touch", Host.of("who", me));
            assertEquals("Echo: " + me + round, host.call("echo", Host.message(me + round)));
            assertEquals(me + " works has worked", Host.text(host.answer(working)));
            Desk.until("the cancellation", () -> server.cancelled().contains(hasty));
            assertTrue(!host.isAnswered(cancelled), "a cancelled call is not answered");
        }
    }

    private static void heardItsOwn(Host host, int levels) {
        String me = host.name();
        for (JsonObject message : host.all(each -> each.has("method"))) {
            JsonObject params = Host.params(message);
            switch (message.get("method").getAsString()) {
                case "notifications/progress" -> assertOwn(host, params.get("message"));
                case "notifications/message" ->
                    assertEquals(me, params.get("data").getAsString(), host.log());
                case "notifications/resources/updated" ->
                    assertTrue(
                            List.of("test://shared", "test://" + me)
                                    .contains(params.get("uri").getAsString()),
                            host.log());
                case "elicitation/create" ->
                    assertEquals(me, params.get("message").getAsString());
                default -> {
                    // The rest names nobody.
                }
            }
        }
        assertEquals(
                (long) ROUNDS * levels, host.count(0, "notifications/message"), me + " hears the levels it asked for");
        assertEquals(ROUNDS + 1L, host.count(0, "notifications/resources/updated"), me + " hears of its resources");
        long progress = host.all(message -> Host.is(message, "notifications/progress")
                        && Host.params(message)
                                .get("progressToken")
                                .getAsString()
                                .startsWith("token-"))
                .size();
        assertEquals(ROUNDS * 5L, progress, me + " hears of its progress");
        assertTrue(host.count(0, "notifications/tools/list_changed") <= 1, host.log());
    }

    private static void assertOwn(Host host, JsonElement words) {
        assertTrue(words.getAsString().startsWith(host.name() + " "), () -> host.name() + " heard " + words);
    }

    private static java.util.function.Predicate<JsonObject> is(String member, String value) {
        return params -> params.get(member).getAsString().equals(value);
    }

    private static Optional<JsonElement> answer(String me, JsonObject question) {
        JsonObject params = Host.params(question);
        JsonObject answer = new JsonObject();
        switch (question.get("method").getAsString()) {
            case "elicitation/create" -> {
                answer.addProperty("action", "accept");
                answer.add(
                        "content",
                        Host.of("answer", "yes, " + params.get("message").getAsString()));
            }
            case "sampling/createMessage" -> {
                answer.addProperty("model", me);
                answer.addProperty("role", "assistant");
                JsonObject song = Host.of("type", "text");
                song.addProperty("text", "a song of " + me);
                answer.add("content", song);
            }
            case "roots/list" -> {
                JsonArray roots = new JsonArray();
                roots.add(Host.of("uri", "file:///" + me));
                answer.add("roots", roots);
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(answer);
    }
}
