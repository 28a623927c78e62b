package dev.drawbridge.proxy;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one host talks to first: finds out which era it speaks, answers what is about the conversation itself, and hands
 * everything else to what stands behind. Thread-safe; blocking.
 */
final class Front implements Served, HostVoice {
    private final HostWire wire;
    private final HostRequests requests;
    private final Backend backend;
    private volatile Optional<Era> era = Optional.empty();

    Front(HostWire wire, HostRequests requests, Function<HostVoice, Backend> behind) {
        this.wire = wire;
        this.requests = requests;
        this.backend = behind.apply(this);
    }

    @Override
    public Reply reply(RpcMessage.Request request, Cancellation cancellation) throws MalformedJson {
        String method = request.method();
        Optional<JsonSlices> meta = StatelessEra.meta(request.params());
        if (method.equals("initialize") && meta.isEmpty()) {
            return initialize(request);
        }
        if (method.equals("server/discover") || meta.isPresent()) {
            Optional<Reply.Refusal> wrong = StatelessEra.check(meta);
            if (wrong.isPresent()) {
                return wrong.get();
            }
            return answer(stateless(meta.orElseThrow()), request, cancellation);
        }
        Optional<Era> known = era;
        if (known.isEmpty() && method.equals("ping")) {
            return new Reply.Result(RawJson.EMPTY_OBJECT);
        }
        return known.isEmpty()
                ? new Reply.Refusal(-32600, "The first request is initialize or server/discover", Optional.empty())
                : answer(known.get(), request, cancellation);
    }

    private Reply initialize(RpcMessage.Request request) throws MalformedJson {
        if (era.isPresent()) {
            return new Reply.Refusal(-32600, "initialize was sent before", Optional.empty());
        }
        JsonSlices params = JsonSlices.ofObject(request.params().bytes());
        String version = InitializeEra.agreeOn(params.string("protocolVersion").orElse(""));
        HostProfile host = HostProfile.of(version, params.raw("clientInfo"), params.raw("capabilities"));
        era = Optional.of(new InitializeEra(host, wire, requests));
        return new Reply.Result(backend.initialized(version));
    }

    private synchronized StatelessEra stateless(JsonSlices meta) {
        if (era.orElse(null) instanceof StatelessEra known) {
            return known;
        }
        StatelessEra begun = new StatelessEra(StatelessEra.profile(meta), new Subscriptions(wire));
        era = Optional.of(begun);
        return begun;
    }

    private Reply answer(Era current, RpcMessage.Request request, Cancellation cancellation) throws MalformedJson {
        if (current instanceof StatelessEra && StatelessEra.REMOVED.contains(request.method())) {
            return new Reply.Refusal(-32601, "Method not found: " + request.method(), Optional.empty());
        }
        Call call = new Call(current, current.host(request), request, cancellation);
        switch (request.method()) {
            case "ping" -> {
                return call.ours(RawJson.EMPTY_OBJECT);
            }
            case "server/discover" -> {
                return call.ours(backend.discovered());
            }
            case "subscriptions/listen" -> {
                if (current instanceof StatelessEra stateless) {
                    return new Listening(backend, stateless, call).run();
                }
            }
            default -> {
                // The server's own business.
            }
        }
        return backend.answer(call);
    }

    @Override
    public void notify(String method, RawJson params) {
        era.ifPresent(current -> backend.notify(current, method, params));
    }

    @Override
    public boolean isServed() {
        return backend.isServed();
    }

    @Override
    public Optional<RawJson> lastKnownTools() {
        return backend.lastKnownTools();
    }

    @Override
    public void answered() {
        backend.answered();
    }

    @Override
    public void notified(String method, RawJson params, Optional<Cancellation> within) {
        era.ifPresent(current -> current.notified(method, params, within));
    }

    @Override
    public ServerRequest.Answer asked(ServerRequest request) {
        return era.map(current -> current.asked(request))
                .orElseGet(() -> ServerRequest.Answer.notSupported(request.method()));
    }

    @Override
    public void elicitationCompleted(String id) {
        era.ifPresent(current -> current.elicitationCompleted(id));
    }

    @Override
    public Optional<Era> era() {
        return era;
    }

    @Override
    public void close() {
        era.ifPresent(Era::close);
        backend.close();
    }
}
