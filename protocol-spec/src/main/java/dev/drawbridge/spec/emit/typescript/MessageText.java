package dev.drawbridge.spec.emit.typescript;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.model.Message;
import dev.drawbridge.spec.model.Message.Direction;
import java.util.List;
import java.util.function.Predicate;

/** The messages in TypeScript: a constant for each method, and maps from the methods to their types by who sends them. */
final class MessageText {
    private MessageText() {}

    static String of(List<Message> messages) {
        return "\n/** The methods of all messages. */\nexport const methods = {\n"
                + messages.stream()
                        .map(one -> "  " + one.shortName() + ": '" + one.method() + "',\n")
                        .collect(joining())
                + "} as const;\n"
                + map(
                        "ClientRequests",
                        "The requests a client sends, by their method.",
                        messages,
                        one -> one.isRequest() && one.direction() == Direction.CLIENT_TO_SERVER)
                + map(
                        "ServerRequests",
                        "The requests Drawbridge sends, by their method.",
                        messages,
                        one -> one.isRequest() && one.direction() == Direction.SERVER_TO_CLIENT)
                + map(
                        "ServerNotifications",
                        "The notifications Drawbridge sends, by their method.",
                        messages,
                        one -> !one.isRequest() && one.direction() == Direction.SERVER_TO_CLIENT)
                + map(
                        "ClientNotifications",
                        "The notifications a client sends, by their method.",
                        messages,
                        one -> !one.isRequest() && one.direction() == Direction.CLIENT_TO_SERVER);
    }

    /** Nothing for a kind of message that does not exist: an empty interface would fit everything. */
    private static String map(String name, String sentence, List<Message> messages, Predicate<Message> wanted) {
        String rows = messages.stream().filter(wanted).map(MessageText::row).collect(joining());
        return rows.isEmpty()
                ? ""
                : "\n" + Comment.of(sentence, "") + "export interface " + name + " {\n" + rows + "}\n";
    }

    private static String row(Message one) {
        return Comment.of(one.documentation(), "  ") + "  '" + one.method() + "': { params: " + one.params()
                + one.result().map(result -> "; result: " + result).orElse("") + " };\n";
    }
}
