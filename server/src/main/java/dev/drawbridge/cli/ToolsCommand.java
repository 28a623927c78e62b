package dev.drawbridge.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.lsp.client.ClientListener;
import dev.drawbridge.protocol.ListToolsResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drawbridge tools}: what a server offers. */
@Command(name = "tools", mixinStandardHelpOptions = true, description = "Lists the tools a server offers.")
final class ToolsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "The server, as its configuration file names it.")
    private String server = "";

    @Option(names = "--json", description = "For programs: the server's own objects, one a line.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        return DaemonTalk.run(spec, new ClientListener() {}, client -> switch (DaemonTalk.await(
                client.listTools(server), DaemonTalk.ANSWER)) {
            case Outcome.Failed<ListToolsResult>(Failure failure) -> Terminal.fail(spec, failure);
            case Outcome.Success<ListToolsResult>(ListToolsResult result) -> {
                result.tools().forEach(tool -> Terminal.out(spec).println(json ? tool : describe(tool)));
                yield 0;
            }
        });
    }

    private static String describe(JsonObject tool) {
        String description = text(tool, "description").lines().findFirst().orElse("");
        return text(tool, "name") + (description.isEmpty() ? "" : "  " + description);
    }

    private static String text(JsonObject object, String member) {
        JsonElement value = object.get(member);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
