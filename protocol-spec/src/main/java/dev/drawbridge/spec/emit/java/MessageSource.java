package dev.drawbridge.spec.emit.java;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.model.Message;
import dev.drawbridge.spec.model.ProtocolModel;

/** The names of the messages, and the table of what belongs to each. */
final class MessageSource {
    private final ProtocolModel model;

    MessageSource(ProtocolModel model) {
        this.model = model;
    }

    /** Constants, because annotations need them. */
    String methods() {
        return "/** The methods of every message, and the version of the protocol they make up. */\n"
                + "public final class Methods {\n"
                + "/** The version of the protocol. */\npublic static final String VERSION = \"" + model.version()
                + "\";\n\n"
                + model.messages().stream()
                        .map(one -> JavaDoc.of(one.documentation()) + "public static final String "
                                + JavaNames.constant(one.shortName()) + " = \"" + one.method() + "\";\n\n")
                        .collect(joining())
                + "/** The requests that a client may send. */\n"
                + "public static final List<String> CLIENT_REQUESTS = List.of("
                + model.messages().stream()
                        .filter(one -> one.isRequest() && one.direction() == Message.Direction.CLIENT_TO_SERVER)
                        .map(one -> JavaNames.constant(one.shortName()))
                        .collect(joining(", "))
                + ");\n\nprivate Methods() {}\n}\n";
    }

    String messages() {
        return """
            /**
             * What belongs to a message.
             *
             * @param params the type of its parameters
             * @param result the type of a request's answer; empty for a notification
             */
            public record MessageType(String method, Direction direction, Class<?> params, Optional<Class<?>> result) {
                /** Every message there is. */
                public static final List<MessageType> ALL = List.of(TABLE);

                /** Who sends it. */
                public enum Direction { CLIENT_TO_SERVER, SERVER_TO_CLIENT }
            }
            """.replace(
                "TABLE", model.messages().stream().map(MessageSource::row).collect(joining(",\n")));
    }

    private static String row(Message one) {
        return "new MessageType(Methods." + JavaNames.constant(one.shortName()) + ", Direction." + one.direction()
                + ", " + one.params() + ".class, "
                + one.result()
                        .map(result -> "Optional.of(" + result + ".class)")
                        .orElse("Optional.empty()") + ")";
    }
}
