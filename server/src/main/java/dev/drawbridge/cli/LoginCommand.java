package dev.drawbridge.cli;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.lsp.client.ClientListener;
import dev.drawbridge.lsp.client.DrawbridgeClient;
import dev.drawbridge.protocol.AuthCompletedParams;
import dev.drawbridge.protocol.AuthResult;
import dev.drawbridge.protocol.Authentication;
import dev.drawbridge.protocol.SignInFlow;
import dev.drawbridge.protocol.SignInMethod;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drawbridge login}: signs in from a terminal. The command itself is the person's click. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Signs in to a server: prints the address, opens the browser and waits up to ten minutes.")
final class LoginCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LEAVING = Duration.ofSeconds(2);
    private static final int ENDS_REMEMBERED = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "The server, as its configuration file names it.")
    private String server = "";

    @Option(names = "--device", description = "By device code (RFC 8628): the browser may be on any device.")
    private boolean device;

    @Option(names = "--no-browser", description = "Only prints the address.")
    private boolean noBrowser;

    private final BlockingQueue<AuthCompletedParams> ends = new LinkedBlockingQueue<>(ENDS_REMEMBERED);

    @Override
    public Integer call() throws InterruptedException {
        ClientListener listener = new ClientListener() {
            @Override
            public void authCompleted(AuthCompletedParams completed) {
                ends.offer(completed);
            }
        };
        return DaemonTalk.run(spec, listener, this::login);
    }

    private int login(DrawbridgeClient client) throws InterruptedException {
        SignInMethod method = device ? SignInMethod.DEVICE_CODE : SignInMethod.BROWSER;
        return switch (DaemonTalk.await(client.authenticate(server, method), DaemonTalk.ANSWER)) {
            case Outcome.Failed<SignInFlow>(Failure failure) -> Terminal.fail(spec, failure);
            case Outcome.Success<SignInFlow>(SignInFlow flow) -> follow(client, flow);
        };
    }

    private int follow(DrawbridgeClient client, SignInFlow flow) throws InterruptedException {
        PrintWriter out = Terminal.out(spec);
        out.println("To sign in to " + server + ", open");
        out.println("  " + flow.authorizationUrl());
        flow.userCode().ifPresent(code -> out.println("and enter the code " + code));
        out.flush();
        if (!noBrowser && !BrowserLauncher.ofThisProcess().open(flow.authorizationUrl())) {
            out.println("No browser could be opened; copy the address into one.");
        }
        // Ctrl-C gives the sign-in up for everybody who waits for it, rather than leaving it to expire.
        Thread giveUp = new Thread(() -> client.cancelAuthentication(flow.flowId())
                .completeOnTimeout(Outcome.failed(timedOut()), LEAVING.toSeconds(), TimeUnit.SECONDS)
                .join());
        Runtime.getRuntime().addShutdownHook(giveUp);
        try {
            Optional<AuthResult> result = end(flow);
            if (result.isEmpty()) {
                DaemonTalk.await(client.cancelAuthentication(flow.flowId()), LEAVING);
            }
            return result.map(this::tell).orElseGet(() -> Terminal.fail(spec, timedOut()));
        } finally {
            removeHook(giveUp);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook is running: Ctrl-C was pressed.
            Thread.currentThread().interrupt();
        }
    }

    /** How it ended; empty when nobody came. */
    private Optional<AuthResult> end(SignInFlow flow) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            AuthCompletedParams end = ends.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (end == null) {
                return Optional.empty();
            }
            if (end.flowId().equals(flow.flowId())) {
                return Optional.of(end.result());
            }
        }
    }

    private int tell(AuthResult result) {
        return switch (result) {
            case AuthResult.Succeeded(Authentication authentication) -> {
                String who = authentication instanceof Authentication.Authenticated signedIn
                        ? signedIn.account().map(account -> " as " + account).orElse("")
                        : "";
                Terminal.out(spec).println("Signed in to " + server + who + ".");
                yield 0;
            }
            case AuthResult.Failed(var failure) ->
                Terminal.fail(spec, new Failure(failure.code(), failure.message(), failure.action(), failure.url()));
            case AuthResult.Cancelled() ->
                Terminal.fail(
                        spec,
                        new Failure("oauth.cancelled", "The sign-in was cancelled.", "Run drawbridge login again."));
        };
    }

    private static Failure timedOut() {
        return new Failure("oauth.timedOut", "Nobody signed in within ten minutes.", "Run drawbridge login again.");
    }
}
