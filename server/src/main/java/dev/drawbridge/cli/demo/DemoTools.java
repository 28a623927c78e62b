package dev.drawbridge.cli.demo;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What the demo's MCP server can do: greet whoever is signed in, and tell the tides of a harbour that does not exist. */
final class DemoTools {
    private DemoTools() {}

    static List<SyncToolSpecification> all(InstantSource clock) {
        return List.of(
                tool(
                        "greet",
                        "Greets somebody, and says who asked.",
                        Map.of("name", Map.of("type", "string", "description", "Whom to greet")),
                        (exchange, request) -> text("Ahoy, " + argument(request, "name", "stranger") + "! "
                                + login(exchange) + " is signed in and sends you greetings from the harbour.")),
                tool(
                        "tide-table",
                        "High and low water of one day in the harbour.",
                        Map.of(
                                "date",
                                Map.of("type", "string", "description", "A day such as 2026-11-23; today if left out")),
                        (exchange, request) -> tides(argument(request, "date", today(clock)))),
                tool(
                        "whoami",
                        "Says who is signed in.",
                        Map.of(),
                        (exchange, request) -> text("You are signed in as " + login(exchange) + ".")));
    }

    private static SyncToolSpecification tool(
            String name,
            String description,
            Map<String, Object> properties,
            BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
        Tool tool = Tool.builder(name, Map.of("type", "object", "properties", properties))
                .description(description)
                .build();
        return new SyncToolSpecification.Builder()
                .tool(tool)
                .callHandler(handler)
                .build();
    }

    private static CallToolResult tides(String day) {
        try {
            return text(TideTable.of(LocalDate.parse(day)).toString());
        } catch (DateTimeParseException e) {
            return CallToolResult.builder()
                    .addTextContent("\"" + day + "\" is no day such as 2026-11-23.")
                    .isError(true)
                    .build();
        }
    }

    private static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).isError(false).build();
    }

    private static String argument(CallToolRequest request, String name, String otherwise) {
        Map<String, Object> arguments = request.arguments();
        Object value = arguments == null ? null : arguments.get(name);
        return value == null ? otherwise : value.toString();
    }

    private static String login(McpSyncServerExchange exchange) {
        Object login = exchange.transportContext().get(BearerFilter.LOGIN);
        return login == null ? "Nobody" : login.toString();
    }

    private static String today(InstantSource clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    }
}
