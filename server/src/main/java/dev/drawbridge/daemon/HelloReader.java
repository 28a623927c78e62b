package dev.drawbridge.daemon;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@link Hello} from the wire, on the daemon's side. Unknown members are left for later versions. */
final class HelloReader {
    private HelloReader() {}

    /** Why a line is no greeting, in words for the client. */
    static final class BadHello extends Exception {
        private static final long serialVersionUID = 1L;

        BadHello(String message) {
            super(message);
        }
    }

    static Hello read(byte[] line) throws BadHello {
        JsonObject object;
        try {
            if (!(JsonParser.parseString(new String(line, StandardCharsets.UTF_8)) instanceof JsonObject parsed)) {
                throw new BadHello("the greeting is not a JSON object");
            }
            object = parsed;
            if (number(object, "drawbridge") != Hello.PROTOCOL) {
                throw new BadHello("this daemon speaks version " + Hello.PROTOCOL + " of the handshake");
            }
            Optional<Role> role = Role.ofWireName(string(object, "role"));
            if (role.isEmpty()) {
                throw new BadHello("the role \"" + string(object, "role") + "\" is unknown to this daemon");
            }
            return new Hello(
                    role.get(),
                    string(object, "version"),
                    string(object, "build"),
                    number(object, "pid"),
                    string(object, "cwd"),
                    string(object, "client"),
                    environment(object),
                    args(object));
        } catch (RuntimeException | StackOverflowError _) {
            throw new BadHello("the greeting is malformed");
        }
    }

    private static String string(JsonObject object, String member) {
        JsonElement element = object.get(member);
        return element == null || element.isJsonNull() ? "" : element.getAsString();
    }

    private static long number(JsonObject object, String member) {
        JsonElement element = object.get(member);
        return element == null || element.isJsonNull() ? -1 : element.getAsLong();
    }

    private static Map<String, String> environment(JsonObject object) {
        Map<String, String> environment = new HashMap<>();
        if (object.get("environment") instanceof JsonObject variables) {
            variables.asMap().forEach((name, value) -> environment.put(name, value.getAsString()));
        }
        return environment;
    }

    private static List<String> args(JsonObject object) {
        List<String> args = new ArrayList<>();
        if (object.get("args") instanceof JsonArray array) {
            array.forEach(element -> args.add(element.getAsString()));
        }
        return args;
    }
}
