package dev.drawbridge.proxy.http;

import dev.drawbridge.hub.ServerName;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions and the stateless hosts that are attached now. When there is no room, the one that was silent for longest
 * leaves, unless somebody waits for it. Guarded by this object's monitor, in which nothing blocks.
 */
final class AttachedHosts {
    private final HttpHosts hub;
    private final HttpBounds bounds;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, HttpSession> sessions = new LinkedHashMap<>();
    private final Map<String, StatelessHost> stateless = new LinkedHashMap<>();
    private boolean closed;

    AttachedHosts(HttpHosts hub, HttpBounds bounds, InstantSource clock) {
        this.hub = hub;
        this.bounds = bounds;
        this.clock = clock;
    }

    synchronized int count() {
        return sessions.size() + stateless.size();
    }

    synchronized Optional<HttpSession> session(String id, String path) {
        return Optional.ofNullable(sessions.get(id))
                .filter(session -> session.path().equals(path));
    }

    /** Begins a session; none when there is no room. */
    Optional<HttpSession> begin(String path, Optional<ServerName> server, RpcMessage.Request initialize) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        HttpSession session = new HttpSession(HexFormat.of().formatHex(id), path, clock, bounds.quick());
        synchronized (this) {
            if (!makeRoom()) {
                return Optional.empty();
            }
            sessions.put(session.id(), session);
        }
        session.begin(hub.open(server, client(initialize.params(), "clientInfo"), session));
        return Optional.of(session);
    }

    boolean end(String id, String path) {
        Optional<HttpSession> session;
        synchronized (this) {
            session = session(id, path);
            session.ifPresent(found -> sessions.remove(id));
        }
        session.ifPresent(HttpSession::close);
        return session.isPresent();
    }

    /** The stateless host that sent a request; none when there is no room. */
    synchronized Optional<StatelessHost> of(String path, Optional<ServerName> server, RpcMessage.Request request) {
        String identity = identity(path, request.params());
        StatelessHost known = stateless.get(identity);
        if (known != null) {
            return Optional.of(known);
        }
        if (!makeRoom()) {
            return Optional.empty();
        }
        StatelessHost host = new StatelessHost(clock, bounds.quick());
        // Attaching answers at once, and a second request must not find a host without a conversation.
        host.begin(hub.open(server, client(request.params(), "_meta"), host));
        stateless.put(identity, host);
        return Optional.of(host);
    }

    void drop(StatelessHost host) {
        synchronized (this) {
            stateless.values().remove(host);
        }
        host.close();
    }

    private static String identity(String path, RawJson params) {
        try {
            JsonSlices meta =
                    JsonSlices.ofObject(params.bytes()).object("_meta").orElseThrow();
            return path + " " + text(meta, "clientInfo") + " " + text(meta, "clientCapabilities");
        } catch (MalformedJson e) {
            return path;
        }
    }

    private static String text(JsonSlices meta, String name) {
        return meta.raw("io.modelcontextprotocol/" + name).map(RawJson::text).orElse("");
    }

    private static String client(RawJson params, String member) {
        try {
            Optional<JsonSlices> said = JsonSlices.ofObject(params.bytes()).object(member);
            Optional<JsonSlices> info = member.equals("_meta") && said.isPresent()
                    ? said.get().object("io.modelcontextprotocol/clientInfo")
                    : said;
            return info.flatMap(slices -> slices.string("name")).orElse("a host") + " over HTTP";
        } catch (MalformedJson e) {
            return "a host over HTTP";
        }
    }

    private boolean makeRoom() {
        if (closed) {
            return false;
        }
        if (count() < bounds.hosts()) {
            return true;
        }
        Optional<HttpSession> session = sessions.values().stream()
                .filter(found -> !found.isBusy())
                .min(Comparator.comparingLong(HttpSession::lastUsed));
        Optional<StatelessHost> host = stateless.values().stream()
                .filter(found -> !found.isBusy())
                .min(Comparator.comparingLong(StatelessHost::lastUsed));
        if (session.isEmpty() && host.isEmpty()) {
            return false;
        }
        boolean sessionLeaves = host.isEmpty()
                || session.isPresent() && session.get().lastUsed() <= host.get().lastUsed();
        if (sessionLeaves) {
            sessions.values().remove(session.orElseThrow());
            later(session.get()::close);
        } else {
            stateless.values().remove(host.get());
            later(host.get()::close);
        }
        return true;
    }

    /** Closing talks to servers. */
    private static void later(Runnable closing) {
        Thread.ofVirtual().name("http-host-leaves").start(closing);
    }

    /** Gives up whoever was silent for too long. */
    void forgetSilent() {
        long before = clock.millis() - bounds.forgotten().toMillis();
        List<Runnable> leaving = new ArrayList<>();
        synchronized (this) {
            sessions.values().removeIf(session -> {
                boolean silent = !session.isBusy() && session.lastUsed() < before;
                if (silent) {
                    leaving.add(session::close);
                }
                return silent;
            });
            stateless.values().removeIf(host -> {
                boolean silent = !host.isBusy() && host.lastUsed() < before;
                if (silent) {
                    leaving.add(host::close);
                }
                return silent;
            });
        }
        leaving.forEach(AttachedHosts::later);
    }

    void close() {
        List<Runnable> leaving = new ArrayList<>();
        synchronized (this) {
            closed = true;
            sessions.values().forEach(session -> leaving.add(session::close));
            stateless.values().forEach(host -> leaving.add(host::close));
            sessions.clear();
            stateless.clear();
        }
        leaving.forEach(Runnable::run);
    }
}
