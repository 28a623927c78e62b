package dev.drawbridge.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.daemon.Hello;
import dev.drawbridge.daemon.Role;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.lsp.client.ClientListener;
import dev.drawbridge.lsp.client.DrawbridgeClient;
import dev.drawbridge.protocol.ListServersResult;
import dev.drawbridge.protocol.ServerState;
import dev.drawbridge.protocol.json.ProtocolAdapters;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drawbridge status}: the servers, the daemon, and who is attached. Asking starts no daemon. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Shows the servers seen from this folder, the daemon, and who is attached. Exit code 1 when no daemon"
                        + " runs.")
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "For programs: one JSON object.")
    private boolean json;

    /** How long servers that are just being looked at may take until they are shown as they are. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    @Override
    public Integer call() throws InterruptedException {
        Outcome<DaemonConnection> opened =
                DaemonConnection.openRunning(Hello.ofThisProcess(Role.STATUS, "drawbridge status", List.of()));
        return switch (opened) {
            case Outcome.Failed<DaemonConnection>(Failure failure) -> {
                if (json) {
                    JsonObject answer = new JsonObject();
                    answer.addProperty("running", false);
                    answer.addProperty("code", failure.code());
                    answer.addProperty("message", failure.message());
                    print(answer);
                    yield Terminal.FAILED;
                }
                yield Terminal.fail(spec, failure);
            }
            case Outcome.Success<DaemonConnection>(DaemonConnection connection) -> {
                JsonObject answer;
                try (connection) {
                    answer = connection.welcome().result().tree().getAsJsonObject();
                }
                yield DaemonTalk.run(spec, new ClientListener() {}, client -> show(answer, client));
            }
        };
    }

    private int show(JsonObject daemon, DrawbridgeClient client) throws InterruptedException {
        return switch (settled(client)) {
            case Outcome.Failed<ListServersResult>(Failure failure) -> Terminal.fail(spec, failure);
            case Outcome.Success<ListServersResult>(ListServersResult result) -> {
                if (json) {
                    daemon.addProperty("running", true);
                    daemon.add(
                            "servers",
                            new GsonBuilder()
                                    .registerTypeAdapterFactory(new ProtocolAdapters())
                                    .create()
                                    .toJsonTree(result)
                                    .getAsJsonObject()
                                    .get("servers"));
                    print(daemon);
                } else {
                    describe(daemon);
                    Terminal.out(spec)
                            .println(
                                    result.servers().isEmpty()
                                            ? "No servers are configured here. Add some to mcp.json."
                                            : "Servers");
                    ServerLines.of(result.servers()).forEach(Terminal.out(spec)::println);
                }
                yield 0;
            }
        };
    }

    /** The servers, once none of them is merely being looked at. */
    private static Outcome<ListServersResult> settled(DrawbridgeClient client) throws InterruptedException {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        while (true) {
            Outcome<ListServersResult> outcome = DaemonTalk.await(client.listServers(), DaemonTalk.ANSWER);
            boolean moving = outcome instanceof Outcome.Success<ListServersResult>(ListServersResult result)
                    && result.servers().stream().anyMatch(server -> server.state() instanceof ServerState.Connecting);
            if (!moving || System.nanoTime() > deadline) {
                return outcome;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void print(JsonObject answer) {
        Terminal.out(spec)
                .println(new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(answer));
    }

    private void describe(JsonObject status) {
        PrintWriter out = Terminal.out(spec);
        out.println("Daemon " + text(status, "version") + " (build " + text(status, "build") + "), process "
                + text(status, "pid") + ", since " + text(status, "startedAt"));
        if (status.has("stopsIfIdleAt")) {
            out.println("Nobody is attached; it ends at " + text(status, "stopsIfIdleAt") + ".");
        }
        if (status.get("superseded").getAsBoolean()) {
            out.println("A newer Drawbridge has connected; it ends with its last session.");
        }
        if (status.get("http") instanceof JsonObject http) {
            out.println(
                    http.has("url")
                            ? "Hosts over HTTP: " + text(http, "url") + "/NAME, " + text(http, "hosts") + " attached"
                            : text(http, "message"));
        }
        if (status.get("sessions") instanceof JsonArray sessions) {
            for (JsonElement element : sessions) {
                JsonObject session = element.getAsJsonObject();
                String client = text(session, "client");
                out.println("  " + text(session, "id") + "  " + text(session, "role") + "  "
                        + (client.isEmpty() ? "unnamed" : client) + "  process " + text(session, "pid") + "  since "
                        + text(session, "since") + "  " + text(session, "cwd"));
            }
        }
    }

    private static String text(JsonObject object, String member) {
        JsonElement element = object.get(member);
        return element == null ? "" : element.getAsString();
    }
}
