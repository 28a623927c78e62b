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
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drawbridge status}: the daemon and who is attached. Asking starts nothing. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the daemon and who is attached. Exit code 1 when no daemon runs.")
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "For programs: one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
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
                try (connection) {
                    JsonObject answer = connection.welcome().result().tree().getAsJsonObject();
                    if (json) {
                        answer.addProperty("running", true);
                        print(answer);
                    } else {
                        describe(answer);
                    }
                }
                yield 0;
            }
        };
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
