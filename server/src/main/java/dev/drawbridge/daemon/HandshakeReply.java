package dev.drawbridge.daemon;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/** The daemon's one line in answer to {@link Hello}. */
public sealed interface HandshakeReply {
    /**
     * The session begins with the byte after this line, or, for {@link Role#STATUS} and {@link Role#STOP}, the answer is here.
     *
     * @param session the session's id, unique in this daemon's life
     * @param result the answer to a question; an empty object for sessions
     */
    record Welcome(String version, String build, long pid, String session, RawJson result) implements HandshakeReply {}

    /** The daemon does not want this connection and closes it. */
    record Refused(Failure failure) implements HandshakeReply {}

    /** The line, without its line break. */
    static String toJson(HandshakeReply reply) {
        return switch (reply) {
            case Welcome welcome ->
                "{\"welcome\":{\"drawbridge\":" + Hello.PROTOCOL
                        + ",\"version\":" + JsonText.quote(welcome.version())
                        + ",\"build\":" + JsonText.quote(welcome.build())
                        + ",\"pid\":" + welcome.pid()
                        + ",\"session\":" + JsonText.quote(welcome.session())
                        + ",\"result\":" + welcome.result().text() + "}}";
            case Refused(Failure failure) ->
                "{\"refused\":{\"code\":" + JsonText.quote(failure.code())
                        + ",\"message\":" + JsonText.quote(failure.message())
                        + ",\"action\":" + JsonText.quote(failure.action()) + "}}";
        };
    }

    /** Reads the line; empty when it is neither, which means that something else than a daemon answered. */
    static Optional<HandshakeReply> ofJson(byte[] line) {
        try {
            JsonSlices reply = JsonSlices.ofObject(line);
            Optional<JsonSlices> welcome = reply.object("welcome");
            if (welcome.isPresent()) {
                JsonSlices members = welcome.get();
                return Optional.of(new Welcome(
                        members.string("version").orElse(""),
                        members.string("build").orElse(""),
                        pid(members),
                        members.string("session").orElse(""),
                        members.raw("result").orElse(RawJson.EMPTY_OBJECT)));
            }
            Optional<JsonSlices> refused = reply.object("refused");
            if (refused.isPresent()) {
                JsonSlices members = refused.get();
                return Optional.of(new Refused(new Failure(
                        members.string("code").orElse("daemon.refused"),
                        members.string("message").orElse("The Drawbridge daemon refused the connection."),
                        members.string("action").orElse("Run drawbridge doctor."))));
            }
            return Optional.empty();
        } catch (JsonSlices.MalformedJson _) {
            return Optional.empty();
        }
    }

    private static long pid(JsonSlices members) {
        try {
            return members.raw("pid").map(RawJson::text).map(Long::parseLong).orElse(-1L);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
