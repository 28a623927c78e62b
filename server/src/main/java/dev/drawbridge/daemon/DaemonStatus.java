package dev.drawbridge.daemon;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer to {@link Role#STATUS}: what {@code drawbridge status} shows of the daemon itself. */
record DaemonStatus(
        BuildInfo build,
        long pid,
        Instant startedAt,
        Instant now,
        Optional<Instant> stopsAt,
        boolean superseded,
        List<DaemonSession> sessions,
        Map<String, RawJson> more) {
    RawJson toJson() {
        JsonObject status = new JsonObject();
        status.addProperty("version", build.version());
        status.addProperty("build", build.build());
        status.addProperty("pid", pid);
        status.addProperty("startedAt", startedAt.toString());
        status.addProperty("uptimeSeconds", now.getEpochSecond() - startedAt.getEpochSecond());
        stopsAt.ifPresent(instant -> status.addProperty("stopsIfIdleAt", instant.toString()));
        status.addProperty("superseded", superseded);
        JsonArray list = new JsonArray();
        for (DaemonSession session : sessions) {
            JsonObject one = new JsonObject();
            one.addProperty("id", session.id());
            one.addProperty("role", session.hello().role().wireName());
            one.addProperty("client", session.hello().client());
            one.addProperty("pid", session.hello().pid());
            one.addProperty("version", session.hello().version());
            one.addProperty("cwd", session.hello().cwd());
            one.addProperty("since", session.since().toString());
            list.add(one);
        }
        status.add("sessions", list);
        more.forEach((name, value) -> status.add(name, value.tree()));
        return RawJson.of(status);
    }
}
