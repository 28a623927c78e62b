package dev.drawbridge.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.hosts.Host.Era;
import dev.drawbridge.journeys.Desk;
import dev.drawbridge.journeys.Village;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.TalkativeServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hosts that leave in the middle of something, and servers that restart between two calls. */
@Tag("full")
@ExtendWith(Conversation.class)
final class RoughLifeIT {
    /** The host's end of a pending sign-in leaves at once; the sign-in itself is the person's, and goes on. */
    @ParameterizedTest
    @EnumSource(Era.class)
    void aHostThatLeavesWhileASignInIsPendingTakesItsRelayWithItAndNothingElse(Era era) throws Exception {
        try (Village village = new Village();
                Desk desk = Desk.withKeyring()) {
            desk.configure(village.configuration());
            Host leaving = Host.start(desk, "leaving", era, "notes");
            leaving.greet();
            URI page = SignInPage.in(leaving.call("authenticate", new JsonObject()));
            leaving.close();
            assertEquals(
                    List.of(desk.daemon().orElseThrow().pid()),
                    desk.processes().stream().map(ProcessHandle::pid).toList(),
                    "only the daemon is left");

            SignInPage.visit(village, page);
            try (Host next = Host.start(desk, "next", era, "notes")) {
                next.greet();
                assertEquals("Echo: signed in", next.call("echo", Host.message("signed in")));
            }
            assertEquals(1, village.issuer().authorizeRequests());
            assertEquals(List.of(), desk.opened());
        }
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void aServerThatRestartsBetweenTwoCallsIsGreetedOnceAndDoesEachThingOnce(Era era) throws Exception {
        try (Desk desk = new Desk()) {
            TalkativeServer first = new TalkativeServer();
            URI url = first.url();
            desk.configure(Desk.servers(Desk.remote("notes", url)));
            try (Host host = Host.start(desk, "steadfast", era, "notes")) {
                try (first) {
                    host.greet();
                    assertEquals("a has worked", host.call("work", Host.work("a", 1, 1)));
                }
                try (TalkativeServer second = TalkativeServer.at(url)) {
                    assertEquals("b has worked", host.call("work", Host.work("b", 1, 1)));
                    assertEquals("c has worked", host.call("work", Host.work("c", 1, 1)));
                    assertEquals(List.of("b", "c"), second.begun());
                    Desk.until("the host's and the shared session", () -> second.sessions() == 2);
                    Desk.stays("that there are two", Duration.ofSeconds(2), () -> second.initializes() == 2);
                }
                assertTrue(host.process().isAlive());
            }
        }
    }
}
