package dev.drawbridge.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.lsp.client.ClientListener;
import dev.drawbridge.protocol.CallToolParams;
import dev.drawbridge.protocol.McpResult;
import dev.drawbridge.protocol.ProgressParams;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drawbridge call}: calls one tool. The result goes to standard output, progress to standard error. */
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        description = "Calls a tool and prints its result as JSON. Exit code 1 when the tool says it failed.")
final class CallCommand implements Callable<Integer> {
    /** Longer than any server's own limit: Ctrl-C is the person's way out. */
    private static final Duration LIMIT = Duration.ofHours(1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "The server, as its configuration file names it.")
    private String server = "";

    @Parameters(index = "1", paramLabel = "TOOL", description = "The tool's name.")
    private String tool = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "The tool's arguments, as a JSON object.")
    private String json = "{}";

    @Override
    public Integer call() throws InterruptedException {
        JsonObject arguments;
        try {
            JsonElement parsed = JsonParser.parseString(json);
            if (!(parsed instanceof JsonObject object)) {
                return notAnObject("they are something else");
            }
            arguments = object;
        } catch (JsonParseException e) {
            return notAnObject("they are not JSON");
        }
        CallToolParams params = new CallToolParams(
                server,
                tool,
                Optional.of(arguments),
                Optional.of("call"),
                Optional.empty(),
                Optional.of("drawbridge call " + server + "/" + tool));
        return DaemonTalk.run(spec, progress(spec.commandLine().getErr()), client -> switch (DaemonTalk.await(
                client.callTool(params), LIMIT)) {
            case Outcome.Failed<McpResult>(Failure failure) -> Terminal.fail(spec, failure);
            case Outcome.Success<McpResult>(McpResult result) -> {
                Terminal.out(spec).println(result.result());
                yield isError(result.result()) ? Terminal.FAILED : 0;
            }
        });
    }

    private int notAnObject(String why) {
        return Terminal.fail(
                spec,
                new Failure(
                        "cli.arguments",
                        "The tool's arguments must be a JSON object: " + why + ".",
                        "Quote them for your shell, such as '{\"name\": \"value\"}'."));
    }

    private static boolean isError(JsonElement result) {
        return result instanceof JsonObject object
                && object.get("isError") instanceof JsonPrimitive flag
                && flag.getAsBoolean();
    }

    private static ClientListener progress(PrintWriter err) {
        return new ClientListener() {
            @Override
            public void progress(ProgressParams progress) {
                err.println(progress.progress().toPlainString()
                        + progress.total()
                                .map(total -> "/" + total.toPlainString())
                                .orElse("")
                        + progress.message().map(message -> " " + message).orElse(""));
            }
        };
    }
}
