package dev.drawbridge.mcp.stateless;

import dev.drawbridge.mcp.CallOutcome;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.ProgressListener;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.Failures;
import dev.drawbridge.mcp.rpc.OutgoingCalls;
import dev.drawbridge.mcp.rpc.RpcChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One request of the stateless era from its first sending to its complete result: input rounds (requirements 102 to 107),
 * another version (86), other headers (64), result types (93). Safe for any thread.
 */
final class StatelessCalls {
    private static final Set<String> MAY_NEED_INPUT = Set.of("tools/call", "prompts/get", "resources/read");
    private static final int MOST_ROUNDS = 10;
    private static final int MOST_PAGES = 100;

    private final RpcChannel channel;
    private final Optional<KnownTools> tools;
    private final Consumer<String> versionChanged;
    private volatile String version = Discovery.VERSION;

    /** @param tools what is known about headers; empty where the transport has none */
    StatelessCalls(RpcChannel channel, Optional<KnownTools> tools, Consumer<String> versionChanged) {
        this.channel = channel;
        this.tools = tools;
        this.versionChanged = versionChanged;
    }

    /** Parameters with their {@code _meta} for a version. */
    @FunctionalInterface
    interface Params {
        RawJson at(String version) throws MalformedJson;
    }

    /** Takes a whole tool list over that was read elsewhere. */
    void know(RawJson list) {
        try {
            if (tools.isPresent()) {
                listed(RawJson.of("{\"tools\":" + list.text() + "}"));
            }
        } catch (MalformedJson e) {
            // Then the first call reads it.
            return;
        }
    }

    String version() {
        return version;
    }

    void agreeOn(String value) {
        version = value;
        versionChanged.accept(value);
    }

    /** @param answersItself whether the caller takes a server's questions as the results they are */
    CallOutcome call(
            String method,
            Params params,
            boolean answersItself,
            Duration timeout,
            ProgressListener progress,
            Cancellation cancellation)
            throws MalformedJson {
        Inputs inputs = Inputs.NONE;
        boolean triedAnotherVersion = false;
        boolean triedOtherHeaders = false;
        int rounds = 0;
        while (true) {
            RawJson plain = params.at(version);
            if (method.equals("tools/call") && tools.isPresent() && !tools.get().knows(plain)) {
                relist(params, timeout, cancellation);
            }
            RawJson complete = inputs.addedTo(plain);
            CallOutcome outcome = channel.call(method, complete, timeout, progress, cancellation)
                    .outcome();
            if (outcome instanceof CallOutcome.ServerError error) {
                if (error.code() == Discovery.UNSUPPORTED_VERSION) {
                    if (triedAnotherVersion || !isOffered(error)) {
                        return new CallOutcome.Failed(Failures.versionChanged());
                    }
                    triedAnotherVersion = true;
                    continue;
                }
                if (error.code() == Discovery.HEADER_MISMATCH
                        && !triedOtherHeaders
                        && method.equals("tools/call")
                        && tools.isPresent()) {
                    triedOtherHeaders = true;
                    relist(params, timeout, cancellation);
                    continue;
                }
                return outcome;
            }
            if (!(outcome instanceof CallOutcome.Result(RawJson result))) {
                return outcome;
            }
            String type = resultType(result);
            if (type.equals("complete")) {
                return method.equals("tools/list") ? listed(result) : outcome;
            }
            if (!type.equals("input_required")) {
                return RequestMeta.declaresExtensions(plain) ? outcome : protocol("an unknown resultType, " + type);
            }
            if (!MAY_NEED_INPUT.contains(method)) {
                return protocol("input_required in answer to " + method);
            }
            if (answersItself) {
                return outcome;
            }
            if (++rounds > MOST_ROUNDS) {
                return new CallOutcome.Failed(
                        Failures.tooManyRounds(OutgoingCalls.operation(method, plain), MOST_ROUNDS));
            }
            switch (InputRequests.answer(result, channel.listener(), cancellation)) {
                case InputRequests.End.Answered(Inputs given) -> inputs = given;
                case InputRequests.End.Refused(McpFailure why) -> {
                    return cancellation.isCancelled() ? new CallOutcome.Cancelled() : new CallOutcome.Failed(why);
                }
            }
        }
    }

    /** What goes into the retry, and into that alone; the state is the server's text, byte for byte. */
    record Inputs(Optional<RawJson> responses, Optional<RawJson> state) {
        static final Inputs NONE = new Inputs(Optional.empty(), Optional.empty());

        RawJson addedTo(RawJson params) throws MalformedJson {
            RawJson result = params;
            if (responses.isPresent()) {
                result = JsonEdit.with(result, Map.of("inputResponses", responses.get()));
            }
            if (state.isPresent()) {
                result = JsonEdit.with(result, Map.of("requestState", state.get()));
            }
            return result;
        }
    }

    private static boolean isOffered(CallOutcome.ServerError error) {
        return error.data()
                .flatMap(Discovery::supported)
                .map(versions -> versions.contains(Discovery.VERSION))
                .orElse(false);
    }

    private static String resultType(RawJson result) throws MalformedJson {
        return result.bytes()[0] == '{'
                ? JsonSlices.ofObject(result.bytes()).string("resultType").orElse("complete")
                : "complete";
    }

    private static CallOutcome protocol(String what) {
        return new CallOutcome.Failed(Failures.protocol(what));
    }

    private CallOutcome listed(RawJson result) throws MalformedJson {
        if (tools.isEmpty()) {
            return new CallOutcome.Result(result);
        }
        ToolList page = ToolList.of(result);
        tools.get().learn(page);
        if (page.nextCursor().isEmpty()) {
            tools.get().complete();
        }
        page.leftOut()
                .forEach((tool, reason) ->
                        channel.inbox().remark("the tool " + Failures.shortened(tool) + " was left out: " + reason));
        return new CallOutcome.Result(page.result());
    }

    /** All pages of the tool list, for the headers they ask for; what cannot be listed is left to the call to find out. */
    private void relist(Params params, Duration timeout, Cancellation cancellation) throws MalformedJson {
        RawJson meta = JsonSlices.ofObject(params.at(version).bytes())
                .raw("_meta")
                .map(raw -> RawJson.of("{\"_meta\":" + raw.text() + "}"))
                .orElse(RawJson.EMPTY_OBJECT);
        RawJson request = withoutProgressToken(meta);
        for (int pages = 0; pages < MOST_PAGES && !cancellation.isCancelled(); pages++) {
            CallOutcome outcome = channel.call("tools/list", request, timeout, ProgressListener.NONE, cancellation)
                    .outcome();
            if (!(outcome instanceof CallOutcome.Result(RawJson result))) {
                break;
            }
            listed(result);
            Optional<RawJson> next = ToolList.of(result).nextCursor();
            if (next.isEmpty()) {
                break;
            }
            request = JsonEdit.with(withoutProgressToken(meta), Map.of("cursor", next.get()));
        }
        tools.ifPresent(KnownTools::complete);
    }

    private static RawJson withoutProgressToken(RawJson params) throws MalformedJson {
        Optional<RawJson> meta = JsonSlices.ofObject(params.bytes()).raw("_meta");
        return meta.isEmpty()
                ? params
                : JsonEdit.with(params, Map.of("_meta", JsonEdit.without(meta.get(), "progressToken")));
    }

    /** A key and a value as members of an object. */
    static String member(String name, RawJson value) {
        return JsonText.quote(name) + ":" + value.text();
    }
}
