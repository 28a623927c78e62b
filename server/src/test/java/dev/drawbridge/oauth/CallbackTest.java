package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.oauth.token.MemoryTokenStore;
import dev.drawbridge.oauth.token.StoreUnavailable;
import dev.drawbridge.oauth.token.TokenStore;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes to the callback address: each kind has its own page, and a flow that runs meanwhile still succeeds
 * (requirements 23, 27, 29 to 31).
 */
final class CallbackTest {
    private static final Optional<String> OTHER = Optional.of("other@example.com");

    /** Begins a second sign-in, does what the test wants, and demands that the second one still works. */
    private interface Disturbance {
        void happens(FlowView disturbed, URI callback) throws Exception;
    }

    private static void whileAnotherFlowRuns(World world, Disturbance disturbance) throws Exception {
        Target other = new Target(world.server.mcp(), OTHER, ClientSettings.DEFAULT);
        FlowView bystander = world.begin(other);
        FlowView disturbed = world.begin(world.target());
        URI redirect = URI.create(
                FakeAuthorizationServer.parse(disturbed.authorizationUrl().getRawQuery())
                        .getOrDefault("redirect_uri", ""));
        disturbance.happens(disturbed, redirect);
        HttpResponse<String> page = world.browse(world.server.signIn(bystander.authorizationUrl()));
        assertTrue(page.body().contains("Authentication Successful"), () -> page.body() + world.server);
        assertInstanceOf(TokenOutcome.Token.class, world.authorization.token(other));
    }

    @Test
    void aWrongStateTouchesNoFlow() throws Exception {
        try (World world = new World()) {
            whileAnotherFlowRuns(world, (flow, callback) -> {
                HttpResponse<String> page = world.browse(URI.create(callback + "?code=x&state=guessed"));
                assertEquals(400, page.statusCode());
                assertTrue(page.body().contains("Not a running sign-in"), page.body());
                assertTrue(world.browse(world.server.signIn(flow.authorizationUrl()))
                        .body()
                        .contains("Authentication Successful"));
            });
        }
    }

    @Test
    void aMissingStateTouchesNoFlow() throws Exception {
        try (World world = new World()) {
            whileAnotherFlowRuns(world, (flow, callback) -> {
                for (String query : List.of("", "?code=x", "?error=access_denied", "?state=&code=x")) {
                    HttpResponse<String> page = world.browse(URI.create(callback + query));
                    assertEquals(400, page.statusCode(), query);
                    assertTrue(page.body().contains("Not a running sign-in"), page.body());
                }
                assertInstanceOf(CredentialView.Pending.class, world.authorization.view(world.target()));
            });
        }
    }

    @Test
    void aWrongPathIsNotFound() throws Exception {
        try (World world = new World()) {
            whileAnotherFlowRuns(world, (flow, callback) -> {
                String state = FakeAuthorizationServer.parse(
                                flow.authorizationUrl().getRawQuery())
                        .getOrDefault("state", "");
                for (String path : List.of("/favicon.ico", "/", "/callback/", "/callbackx?code=a&state=" + state)) {
                    HttpResponse<String> page = world.browse(callback.resolve(path));
                    assertEquals(404, page.statusCode(), path);
                    assertTrue(page.body().contains("Nothing here"), page.body());
                }
                assertInstanceOf(CredentialView.Pending.class, world.authorization.view(world.target()));
            });
        }
    }

    @Test
    void aHostThatIsNotThisMachineIsNotFound() throws Exception {
        try (World world = new World()) {
            whileAnotherFlowRuns(world, (flow, callback) -> {
                URI answer = world.server.signIn(flow.authorizationUrl());
                try (Socket socket = new Socket("127.0.0.1", callback.getPort())) {
                    socket.setSoTimeout(10_000);
                    socket.getOutputStream()
                            .write(("GET " + answer.getRawPath() + "?" + answer.getRawQuery()
                                            + " HTTP/1.1\r\nHost: evil.example:" + callback.getPort() + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    ByteArrayOutputStream received = new ByteArrayOutputStream();
                    socket.getInputStream().transferTo(received);
                    assertTrue(
                            received.toString(StandardCharsets.UTF_8).startsWith("HTTP/1.1 404"), received::toString);
                }
                assertInstanceOf(CredentialView.Pending.class, world.authorization.view(world.target()));
            });
        }
    }

    @Test
    void aDenialEndsItsFlowAndSaysWhatToDo() throws Exception {
        try (World world = new World()) {
            whileAnotherFlowRuns(world, (flow, callback) -> {
                HttpResponse<String> page = world.browse(answer(world, flow, "error=access_denied", true));
                assertEquals(400, page.statusCode());
                assertTrue(page.body().contains("Access denied"), page.body());
                assertTrue(page.body().contains("Authenticate"), page.body());
                assertEquals(
                        "oauth.accessDenied",
                        assertInstanceOf(FlowEnd.Failed.class, world.ends.getFirst())
                                .failure()
                                .code());
                assertInstanceOf(CredentialView.Absent.class, world.authorization.view(world.target()));
            });
        }
    }

    @Test
    void errorTextIsEscapedAndOnlyShownWhenTheIssuerIsRight() throws Exception {
        try (World world = new World()) {
            whileAnotherFlowRuns(world, (flow, callback) -> {
                HttpResponse<String> page = world.browse(answer(
                        world, flow, "error=invalid_scope&error_description=%3Cscript%3Ealert(1)%3C/script%3E", true));
                assertTrue(page.body().contains("&lt;script&gt;alert(1)"), page.body());
                assertFalse(page.body().contains("<script"), page.body());
            });
            FlowView flow = world.begin(world.target());
            HttpResponse<String> page = world.browse(
                    answer(world, flow, "error=invalid_scope&error_description=lies&iss=https://evil.example", false));
            assertTrue(page.body().contains("Sign-in stopped for your safety"), page.body());
            assertFalse(page.body().contains("lies") || page.body().contains("invalid_scope"), page.body());
        }
    }

    @Test
    void aCodeFromAnotherIssuerIsNotRedeemed() throws Exception {
        try (World world = new World()) {
            FlowView flow = world.begin(world.target());
            for (String iss : List.of("", "&iss=https://evil.example")) {
                HttpResponse<String> page = world.browse(answer(world, flow, "code=stolen" + iss, false));
                assertTrue(page.body().contains("Sign-in stopped for your safety"), page.body());
                flow = world.begin(world.target());
            }
            assertEquals(List.of(), world.server.to("/token"), world.server::toString);
        }
    }

    @Test
    void aSecondCallbackHasItsOwnPageAndRedeemsNothing() throws Exception {
        try (World world = new World()) {
            whileAnotherFlowRuns(world, (flow, callback) -> {
                URI answer = world.server.signIn(flow.authorizationUrl());
                assertEquals(200, world.browse(answer).statusCode());
                HttpResponse<String> page = world.browse(answer);
                assertEquals(400, page.statusCode());
                assertTrue(page.body().contains("This sign-in is finished already"), page.body());
                assertEquals(1, world.server.to("/token").size(), world.server::toString);
                assertInstanceOf(TokenOutcome.Token.class, world.authorization.token(world.target()));
            });
        }
    }

    @Test
    void withAllPortsTakenTheSignInSaysWhatToDo() throws Exception {
        List<ServerSocket> strangers = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            strangers.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
        }
        List<Integer> ports = strangers.stream().map(ServerSocket::getLocalPort).toList();
        try (World world = new World(ports, Optional.empty())) {
            OAuthFailure failure = assertInstanceOf(
                            BeginOutcome.Failed.class,
                            world.authorization.begin(world.target(), List.of(), Method.BROWSER))
                    .failure();
            assertEquals("oauth.callbackPortsTaken", failure.code());
            assertTrue(failure.action().contains("oauth.callbackPort"), failure.action());
            strangers.get(7).close();
            assertTrue(world.signIn(world.target()).body().contains("Authentication Successful"));
        } finally {
            for (ServerSocket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void aPersonWhoNeverComesBackEndsTheFlowAfterTenMinutes() throws Exception {
        try (World world = new World()) {
            FlowView flow = world.begin(world.target());
            URI answer = world.server.signIn(flow.authorizationUrl());
            world.time.advance(Duration.ofMinutes(9));
            assertInstanceOf(CredentialView.Pending.class, world.authorization.view(world.target()));
            Target other = new Target(world.server.mcp(), OTHER, ClientSettings.DEFAULT);
            FlowView bystander = world.begin(other);
            world.time.advance(Duration.ofMinutes(1));

            assertEquals(
                    "oauth.flowExpired",
                    assertInstanceOf(FlowEnd.Failed.class, world.ends.getFirst())
                            .failure()
                            .code());
            assertInstanceOf(CredentialView.Absent.class, world.authorization.view(world.target()));
            HttpResponse<String> page = world.browse(answer);
            assertEquals(400, page.statusCode());
            assertTrue(page.body().contains("no longer waiting"), page.body());
            assertTrue(world.browse(world.server.signIn(bystander.authorizationUrl()))
                    .body()
                    .contains("Authentication Successful"));
            world.time.advance(Duration.ofSeconds(20));
            assertThrows(ConnectException.class, () -> world.browse(answer), "the listener is gone");
        }
    }

    @Test
    void aStoreThatFailsMakesTheSignInFailOnItsOwnPage() throws Exception {
        try (World world = new World(List.of(0), Optional.of(new LockedForCredentials()))) {
            HttpResponse<String> page = world.signIn(world.target());
            assertEquals(400, page.statusCode());
            assertTrue(page.body().contains("Sign-in could not be saved"), page.body());
            assertTrue(page.body().contains("Unlock the keyring."), page.body());
            assertFalse(page.body().contains("Authentication Successful"), page.body());
        }
    }

    @Test
    void aFailedExchangeHasItsOwnPage() throws Exception {
        try (World world = new World()) {
            world.server.tokenError = "invalid_grant";
            HttpResponse<String> page = world.signIn(world.target());
            assertTrue(page.body().contains("Sign-in not completed"), page.body());
            assertTrue(page.body().contains("because of the test"), page.body());
        }
    }

    @Test
    void aPastedAddressCompletesItsOwnFlowOnly() throws Exception {
        try (World world = new World()) {
            FlowView flow = world.begin(world.target());
            URI answer = world.server.signIn(flow.authorizationUrl());
            assertEquals(
                    "oauth.callbackInvalid",
                    world.authorization
                            .complete(flow.id(), URI.create("http://127.0.0.1/callback?code=x&state=y"))
                            .orElseThrow()
                            .code());
            assertEquals(Optional.empty(), world.authorization.complete(flow.id(), answer));
            assertInstanceOf(TokenOutcome.Token.class, world.authorization.token(world.target()));
            assertEquals(
                    "oauth.flowOver",
                    world.authorization
                            .complete(flow.id(), answer)
                            .orElseThrow()
                            .code());
        }
    }

    @Test
    void whoeverAsksJoinsTheRunningFlowAndCancellingEndsItForAll() throws Exception {
        try (World world = new World()) {
            FlowView flow = world.begin(world.target());
            assertEquals(flow, world.begin(world.target()));
            assertTrue(world.authorization.cancel(flow.id()));
            assertFalse(world.authorization.cancel(flow.id()));
            assertInstanceOf(FlowEnd.Cancelled.class, world.ends.getFirst());
            assertEquals(1, world.ends.size());
            assertFalse(flow.id().equals(world.begin(world.target()).id()));
        }
    }

    private static URI answer(World world, FlowView flow, String parameters, boolean withIss) {
        URI good = world.server.signIn(flow.authorizationUrl());
        String state = FakeAuthorizationServer.parse(good.getRawQuery()).getOrDefault("state", "");
        String iss = withIss ? "&iss=" + world.server.origin() : "";
        return URI.create(good.toString().replaceAll("\\?.*", "") + "?" + parameters + "&state=" + state + iss);
    }

    /** A keyring that is locked when the tokens are to be stored. */
    private static final class LockedForCredentials implements TokenStore {
        private final MemoryTokenStore open = new MemoryTokenStore();

        @Override
        public Optional<Secret> get(String name) {
            return open.get(name);
        }

        @Override
        public void put(String name, Secret value) throws StoreUnavailable {
            if (name.startsWith("credential/")) {
                throw new StoreUnavailable(
                        OAuthFailure.passing("store.locked", "The keyring is locked.", "Unlock the keyring."));
            }
            open.put(name, value);
        }

        @Override
        public void delete(String name) {
            open.delete(name);
        }

        @Override
        public Set<String> names() {
            return open.names();
        }
    }
}
