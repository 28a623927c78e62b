package dev.drawbridge.spec.emit.markdown;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.Examples;
import dev.drawbridge.spec.model.Message;

/** A message as a section of the specification. */
final class MessageText {
    private final Examples examples;

    MessageText(Examples examples) {
        this.examples = examples;
    }

    /** The message's line in the table of contents. */
    static String row(Message message) {
        String kind = (message.isRequest() ? "request" : "notification")
                + (message.direction() == Message.Direction.CLIENT_TO_SERVER ? " of the client" : " of the server");
        String documentation = message.documentation();
        int end = documentation.indexOf(". ");
        String first = end < 0 ? documentation : documentation.substring(0, end + 1);
        return "| [`" + message.method() + "`](#" + Markdown.anchor(message.method()) + ") | " + kind + " | "
                + Markdown.cell(first) + " |\n";
    }

    String section(Message message) {
        return "### " + message.method() + "\n\n" + message.documentation() + "\n\n"
                + "- Parameters: " + Markdown.link(message.params()) + "\n"
                + message.result()
                        .map(result -> "- Result: " + Markdown.link(result) + "\n")
                        .orElse("")
                + errors(message)
                + "- Since: " + message.since() + "\n"
                + "- In a bare LSP editor: " + message.fallback() + "\n\n"
                + "```json\n" + examples.show(message.params(), message.shortName()) + "\n```\n\n"
                + message.result()
                        .map(result -> "is answered with\n\n```json\n" + examples.show(result, message.shortName())
                                + "\n```\n\n")
                        .orElse("");
    }

    private static String errors(Message message) {
        return message.errors().isEmpty()
                ? ""
                : "- Errors: "
                        + message.errors().stream()
                                .map(name -> "[`" + name + "`](#" + Markdown.anchor("ErrorCodes") + ")")
                                .collect(joining(", "))
                        + "\n";
    }
}
