package dev.drawbridge.proxy;

import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.HostTarget;
import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.SessionContext;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of all servers behind a host, with what it listed when it was last asked. Thread-safe; {@link #read} blocks. */
final class Member {
    private static final int MOST_PAGES = 100;

    private final ServerName name;
    private final HostSession session;
    private final ServerSide side;
    private final Map<CatalogKind, List<RawJson>> listed = new EnumMap<>(CatalogKind.class);

    private Member(ServerName name, HostSession session, ServerSide side) {
        this.name = name;
        this.session = session;
        this.side = side;
    }

    static Member attach(
            Hub hub, SessionContext context, ServerName name, HostVoice voice, HostWire wire, HostOptions options) {
        HubEar ear = new HubEar();
        HostSession session = hub.attachHost(context, new HostTarget.Configured(name), ear);
        ServerSide side = new ServerSide(voice, wire, session, name, options);
        ear.tell(side);
        return new Member(name, session, side);
    }

    ServerName name() {
        return name;
    }

    ServerSide side() {
        return side;
    }

    HostSession session() {
        return session;
    }

    /** What is known of a list without asking: as it was last listed here, else as Drawbridge last read it. */
    List<RawJson> known(CatalogKind kind) {
        synchronized (listed) {
            List<RawJson> items = listed.get(kind);
            if (items != null) {
                return items;
            }
        }
        try {
            Optional<RawJson> items = session.lastKnown(kind);
            return items.isPresent() ? Items.of(items.get()) : List.of();
        } catch (MalformedJson e) {
            return List.of();
        }
    }

    /** Asks for all pages of a list; what it knows already when the server gives none. */
    List<RawJson> read(Call call, CatalogKind kind) {
        List<RawJson> items = new ArrayList<>();
        Optional<RawJson> cursor = Optional.empty();
        try {
            for (int page = 0; page < MOST_PAGES; page++) {
                RawJson params = cursor.isPresent()
                        ? JsonEdit.with(call.request().params(), Map.of("cursor", cursor.get()))
                        : call.request().params();
                if (!(side.answer(with(call, params)) instanceof Reply.Result(RawJson result))) {
                    return known(kind);
                }
                JsonSlices slices = JsonSlices.ofObject(result.bytes());
                items.addAll(Items.of(slices.raw(kind.member()).orElse(RawJson.of("[]"))));
                cursor = slices.raw("nextCursor").filter(next -> !next.equals(RawJson.NULL));
                if (cursor.isEmpty()) {
                    break;
                }
            }
        } catch (MalformedJson e) {
            return known(kind);
        }
        List<RawJson> whole = List.copyOf(items);
        synchronized (listed) {
            listed.put(kind, whole);
        }
        return whole;
    }

    /** The tool or prompt that has this name among all servers'. */
    Optional<String> own(String joined, CatalogKind kind) {
        String prefix = name.value() + "__";
        if (joined.startsWith(prefix)) {
            String rest = joined.substring(prefix.length());
            if (JoinedNames.of(name, rest).equals(joined)) {
                return Optional.of(rest);
            }
        }
        return known(kind).stream()
                .flatMap(item -> Items.text(item, "name").stream())
                .filter(item -> JoinedNames.of(name, item).equals(joined))
                .findFirst();
    }

    /** The same call with other parameters. */
    static Call with(Call call, RawJson params) {
        RpcMessage.Request request = call.request();
        return new Call(
                call.era(),
                call.host(),
                new RpcMessage.Request(request.id(), request.method(), params),
                call.cancellation());
    }

    /** The same call about something that has another name here. */
    static Call named(Call call, String member, String value) throws MalformedJson {
        return with(call, JsonEdit.with(call.request().params(), Map.of(member, RawJson.of(JsonText.quote(value)))));
    }

    void close() {
        side.close();
        session.close();
    }
}
