package dev.drawbridge.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.hub.SessionListener.AuthResult;
import dev.drawbridge.lsp.client.ClientListener;
import dev.drawbridge.lsp.client.DrawbridgeClient;
import dev.drawbridge.protocol.AuthCompletedParams;
import dev.drawbridge.protocol.AuthResult.Succeeded;
import dev.drawbridge.protocol.Authentication;
import dev.drawbridge.protocol.ListServersResult;
import dev.drawbridge.protocol.SignInFlow;
import dev.drawbridge.protocol.SignInMethod;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Our own client and our own face, over real streams. */
final class ClientAgainstFaceTest {
    @Test
    void listsSignsInAndHearsTheEnd() throws Exception {
        ScriptedHub hub = new ScriptedHub();
        hub.servers = List.of(Servers.authRequired("github"));
        CompletableFuture<AuthCompletedParams> completed = new CompletableFuture<>();
        Pipe up = Pipe.open();
        Pipe down = Pipe.open();
        try (InputStream serverIn = Channels.newInputStream(up.source());
                OutputStream serverOut = Channels.newOutputStream(down.sink());
                InputStream in = Channels.newInputStream(down.source());
                OutputStream out = Channels.newOutputStream(up.sink())) {
            Thread face = Thread.ofVirtual()
                    .start(() -> new LspFace(hub)
                            .serve(serverIn, serverOut, new SessionContext("terminal", Map.of(), List.of())));
            ClientListener listener = new ClientListener() {
                @Override
                public void authCompleted(AuthCompletedParams params) {
                    completed.complete(params);
                }
            };
            try (DrawbridgeClient client =
                    DrawbridgeClient.connect(in, out, "drawbridge login", "1", List.of(), listener)) {
                ListServersResult listed = success(client.listServers());
                assertEquals("github", listed.servers().getFirst().name());
                SignInFlow flow = success(client.authenticate("github", SignInMethod.BROWSER));
                assertEquals("flow-github", flow.flowId());
                hub.listener()
                        .onAuthCompleted(
                                new ServerName("github"),
                                new FlowId("flow-github"),
                                new AuthResult.Succeeded(Servers.authenticated()));
                Succeeded end = assertInstanceOf(
                        Succeeded.class, completed.get(10, TimeUnit.SECONDS).result());
                assertEquals(
                        Optional.of("someone"),
                        assertInstanceOf(Authentication.Authenticated.class, end.authentication())
                                .account());
                hub.failure = Optional.of(ScriptedHub.someFailure());
                assertEquals(
                        ScriptedHub.someFailure(),
                        assertInstanceOf(
                                        Outcome.Failed.class,
                                        client.signOut("github").get(10, TimeUnit.SECONDS))
                                .failure());
            }
            hub.awaitClosed();
            face.join();
        }
        assertEquals("drawbridge login 1", hub.context().client());
    }

    private static <T> T success(CompletableFuture<Outcome<T>> answer) throws Exception {
        return switch (answer.get(10, TimeUnit.SECONDS)) {
            case Outcome.Success<T>(T value) -> value;
            case Outcome.Failed<T>(var failure) -> throw new AssertionError(failure.toString());
        };
    }
}
