package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A browser on another machine: an editor knows the address by which it reaches the callback listener on this one. */
final class ExternalRedirectTest {
    private static final String FAR = "https://far.example/proxy/";

    private final List<URI> asked = new ArrayList<>();

    /** As an editor does that carries ports: the address asked about, seen from the browser. */
    private URI tunnelled(URI listener) {
        asked.add(listener);
        return URI.create(FAR + listener.getPort() + listener.getPath());
    }

    private static FlowView begin(World world, Target target, UnaryOperator<URI> elsewhere) {
        return assertInstanceOf(
                        BeginOutcome.Begun.class,
                        world.authorization.begin(target, List.of(), Method.BROWSER, elsewhere),
                        world.server::toString)
                .flow();
    }

    private static String redirect(FlowView flow) {
        return FakeAuthorizationServer.parse(flow.authorizationUrl().getRawQuery())
                .getOrDefault("redirect_uri", "");
    }

    /** What the tunnel's end on this machine does with the browser's request. */
    private static String carry(URI answer, int port, String path) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + "?" + answer.getRawQuery() + " HTTP/1.1\r\nHost: " + answer.getHost()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(received);
            return received.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void theAuthorizationServerSeesTheEditorsAddressEverywhere() throws Exception {
        try (World world = new World()) {
            FlowView flow = begin(world, world.target(), this::tunnelled);
            URI listener = asked.getFirst();
            String seen = FAR + listener.getPort() + "/callback";
            assertEquals(seen, redirect(flow));
            JsonObject client = world.server.clients.values().iterator().next();
            assertEquals("[\"" + seen + "\"]", client.get("redirect_uris").toString());

            String page = carry(world.server.signIn(flow.authorizationUrl()), listener.getPort(), "/callback");
            assertTrue(page.contains("Authentication Successful"), () -> page + world.server);
            assertEquals(seen, world.server.to("/token").getFirst().parameters().get("redirect_uri"));
            assertInstanceOf(TokenOutcome.Token.class, world.authorization.token(world.target()));
        }
    }

    @Test
    void aTunnelThatKeepsThePathAndAPastedAddressWorkToo() throws Exception {
        try (World world = new World()) {
            FlowView flow = begin(world, world.target(), this::tunnelled);
            URI answer = world.server.signIn(flow.authorizationUrl());
            String page = carry(answer, asked.getFirst().getPort(), answer.getRawPath());
            assertTrue(page.contains("Authentication Successful"), () -> page + world.server);

            FlowView second = begin(world, world.target(), listener -> URI.create(FAR));
            URI pasted = world.server.signIn(second.authorizationUrl());
            assertEquals(Optional.empty(), world.authorization.complete(second.id(), pasted));
        }
    }

    @Test
    void onlyTheHostThatWasToldIsLetIn() throws Exception {
        try (World world = new World()) {
            FlowView flow = begin(world, world.target(), this::tunnelled);
            URI answer = world.server.signIn(flow.authorizationUrl());
            URI evil = URI.create("https://evil.example/callback?" + answer.getRawQuery());
            String page = carry(evil, asked.getFirst().getPort(), "/callback");
            assertTrue(page.startsWith("HTTP/1.1 404"), page);
            assertInstanceOf(CredentialView.Pending.class, world.authorization.view(world.target()));
        }
    }

    @Test
    void whoeverJoinsGetsTheSamePageAndIsNotAsked() throws Exception {
        try (World world = new World()) {
            FlowView first = begin(world, world.target(), this::tunnelled);
            FlowView second = begin(world, world.target(), listener -> fail("the sign-in runs already"));
            assertEquals(first, second);
        }
    }

    @Test
    void anAddressBrowsersMustNotBeSentToIsRefusedInWords() throws Exception {
        try (World world = new World()) {
            for (String address : List.of(
                    "javascript:alert(1)",
                    "http://far.example/callback",
                    "https://user@far.example/callback",
                    "https://far.example/callback#fragment",
                    "https://far.example/" + "x".repeat(3000))) {
                OAuthFailure failure = assertInstanceOf(
                                BeginOutcome.Failed.class,
                                world.authorization.begin(
                                        world.target(), List.of(), Method.BROWSER, listener -> URI.create(address)),
                                address)
                        .failure();
                assertEquals("oauth.redirectUriInvalid", failure.code());
            }
            assertEquals(List.of(), world.server.to("/register"), world.server::toString);
            assertTrue(world.signIn(world.target()).body().contains("Authentication Successful"));
        }
    }

    @Test
    void theUsualRegistrationStaysAndEachTokenIsRefreshedByItsOwnClient() throws Exception {
        try (World world = new World()) {
            world.signIn(world.target());
            assertEquals(1, world.server.to("/register").size());
            FlowView far = begin(world, world.target(), this::tunnelled);
            assertEquals(2, world.server.to("/register").size(), "another redirect URI is another registration");
            String page = carry(
                    world.server.signIn(far.authorizationUrl()),
                    asked.getFirst().getPort(),
                    "/callback");
            assertTrue(page.contains("Authentication Successful"), () -> page + world.server);
            String client = FakeAuthorizationServer.parse(far.authorizationUrl().getRawQuery())
                    .getOrDefault("client_id", "");

            world.authorization.afterRejection(world.target(), List.of(), Optional.of(world.token(world.target())));
            Map<String, String> refresh = world.server.to("/token").getLast().parameters();
            assertEquals("refresh_token " + client, refresh.get("grant_type") + " " + refresh.get("client_id"));

            FlowView near = world.begin(world.target());
            assertTrue(redirect(near).startsWith("http://127.0.0.1:"), redirect(near));
            assertEquals(2, world.server.to("/register").size(), "the usual registration is still there");
            world.authorization.cancel(near.id());
            assertEquals(redirect(far), redirect(begin(world, world.target(), this::tunnelled)));
            assertEquals(2, world.server.to("/register").size(), "and so is the other");
        }
    }

    @Test
    void whatTheAuthorizationServerKnowsBeforehandIsNotChanged() throws Exception {
        try (World world = new World()) {
            Settings mine = new Settings();
            mine.clientId = Optional.of("mine");
            Target configured = world.target(mine.build());
            FlowView flow = begin(world, configured, listener -> fail("a client registered by hand"));
            assertTrue(redirect(flow).startsWith("http://127.0.0.1:"), redirect(flow));
        }
    }
}
