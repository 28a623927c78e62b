package dev.drawbridge.proxy;

import dev.drawbridge.hub.HostConnection;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.Negotiated;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.util.Optional;
import java.util.function.Supplier;

/** How the host's family of protocol revisions differs in what it is told; what both share is in {@link HostConversation}. */
sealed interface Era permits InitializeEra, StatelessEra {
    /** Who the host said it is when it began. */
    HostProfile host();

    /** Who it says it is with this request. */
    HostProfile host(RpcMessage.Request request) throws MalformedJson;

    /** Answers a request with what a server gave; the server is empty when the answer is Drawbridge's own. */
    Reply result(String method, RawJson result, Optional<Negotiated> server) throws MalformedJson;

    /** Answers a request with an error of a server's. */
    Reply refusal(Call call, Reply.Refusal refusal, Negotiated server);

    /** What a server is told of the host's parameters. */
    RawJson params(Call call, HostConnection server) throws MalformedJson;

    /** Runs a call to its end; the host may be asked something in between. */
    Reply run(Call call, Supplier<Reply> attempt);

    /**
     * A notification of the server.
     *
     * @param within the host's request during which it came, where that is known
     */
    void notified(String method, RawJson params, Optional<Cancellation> within);

    /** What a person had to do at a page that the host was told of is done. */
    void elicitationCompleted(String id);

    /** A question of the server; may wait for a person. */
    ServerRequest.Answer asked(ServerRequest request);

    void close();
}
