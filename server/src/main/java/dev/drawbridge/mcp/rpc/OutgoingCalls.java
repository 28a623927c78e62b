package dev.drawbridge.mcp.rpc;

import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ProgressListener;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Gives one connection's requests their ids and progress tokens. */
public final class OutgoingCalls {
    private final AtomicLong lastId = new AtomicLong();

    /** A call and the parameters it goes out with. */
    public record Prepared(PendingCall call, RawJson params) {}

    /** Makes the next call; a progress token is added when somebody listens and the caller brought none. */
    public Prepared prepare(String method, RawJson params, ProgressListener progress, Cancellation cancellation)
            throws MalformedJson {
        RawJson object = params.equals(RawJson.NULL) ? RawJson.EMPTY_OBJECT : params;
        String id = String.valueOf(lastId.incrementAndGet());
        Optional<String> token = Progress.tokenIn(object);
        if (token.isEmpty() && !progress.equals(ProgressListener.NONE)) {
            object = Progress.withToken(object, id);
            token = Progress.tokenIn(object);
        }
        return new Prepared(
                new PendingCall(id, method, operation(method, object), progress, cancellation, token), object);
    }

    /** The method with what it is about, as it is shown to a person. */
    public static String operation(String method, RawJson params) throws MalformedJson {
        JsonSlices slices = JsonSlices.ofObject(params.bytes());
        return slices.string("name")
                .or(() -> slices.string("uri"))
                .map(subject -> method + " " + Failures.shortened(subject))
                .orElse(method);
    }
}
