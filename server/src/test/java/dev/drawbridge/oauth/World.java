package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.drawbridge.oauth.token.MemoryTokenStore;
import dev.drawbridge.oauth.token.TokenStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An {@link Authorization} with a fake authorization server, moved time and a browser. */
final class World implements AutoCloseable {
    final FakeAuthorizationServer server = new FakeAuthorizationServer();
    final ManualScheduler time = new ManualScheduler();
    final MemoryTokenStore memory = new MemoryTokenStore();
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final List<FlowEnd> ends = Collections.synchronizedList(new ArrayList<>());
    final Authorization authorization;

    World() throws IOException {
        this(List.of(0), Optional.empty());
    }

    World(List<Integer> ports, Optional<TokenStore> store) throws IOException {
        authorization = create(ports, store.orElse(memory));
    }

    /** Another process with the same store. */
    Authorization create(List<Integer> ports, TokenStore store) {
        Authorization created = new Authorization(new AuthorizationEnvironment(
                target -> http,
                time,
                new SecureRandom(),
                store,
                time,
                new CallbackSettings(ports, "/callback", Duration.ofSeconds(15)),
                new Limits(Duration.ofSeconds(2), 1 << 20, 3, Duration.ofMinutes(10)),
                "Drawbridge",
                Optional.empty(),
                Map.of()));
        created.listen((flow, end) -> ends.add(end));
        return created;
    }

    Target target() {
        return target(ClientSettings.DEFAULT);
    }

    Target target(ClientSettings settings) {
        return new Target(server.mcp(), Optional.empty(), settings);
    }

    FlowView begin(Target target) {
        return assertInstanceOf(
                        BeginOutcome.Begun.class,
                        authorization.begin(target, List.of(), Method.BROWSER),
                        server::toString)
                .flow();
    }

    /** Signs in the way a person does. */
    HttpResponse<String> signIn(Target target) throws Exception {
        return browse(server.signIn(begin(target).authorizationUrl()));
    }

    HttpResponse<String> browse(URI uri) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    }

    Secret token(Target target) {
        return assertInstanceOf(TokenOutcome.Token.class, authorization.token(target), server::toString)
                .value();
    }

    @Override
    public void close() {
        authorization.close();
        server.close();
        http.close();
    }
}
