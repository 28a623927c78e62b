package dev.drawbridge.proxy.http;

import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a request of 2026-07-28 has to say in its headers and again in its body (Streamable HTTP, standard headers), and
 * which HTTP status goes with which error.
 */
final class StatelessChecks {
    static final String VERSION = "2026-07-28";
    private static final String VERSION_META = "io.modelcontextprotocol/protocolVersion";
    private static final String CAPABILITIES_META = "io.modelcontextprotocol/clientCapabilities";
    static final int HEADER_MISMATCH = -32020;

    /** The parameter that {@code Mcp-Name} repeats. */
    private static final Map<String, String> NAMED_BY = Map.of(
            "tools/call", "name",
            "prompts/get", "name",
            "resources/read", "uri",
            "tasks/get", "taskId",
            "tasks/update", "taskId",
            "tasks/cancel", "taskId");

    private static final Set<Long> BAD_REQUESTS = Set.of(-32020L, -32021L, -32022L, -32600L);

    private StatelessChecks() {}

    /** Whether a request without a session is one of this era. */
    static boolean applies(RequestHead head, RpcMessage.Request request) {
        return head.header("MCP-Protocol-Version").filter(VERSION::equals).isPresent()
                || request.method().equals("server/discover")
                || meta(request).filter(meta -> meta.has(VERSION_META)).isPresent();
    }

    private static Optional<JsonSlices> meta(RpcMessage.Request request) {
        try {
            return request.params().bytes()[0] == '{'
                    ? JsonSlices.ofObject(request.params().bytes()).object("_meta")
                    : Optional.empty();
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    /** What is wrong with a request; the version's own error comes from the conversation. */
    static Optional<Response> refuses(RequestHead head, RpcMessage.Request request) {
        Optional<String> said = meta(request).flatMap(meta -> meta.string(VERSION_META));
        if (said.isEmpty()) {
            return Optional.of(
                    Response.error(400, request.id(), -32602, "Invalid params: _meta has no " + VERSION_META));
        }
        Optional<JsonSlices> meta = meta(request);
        boolean declares = meta.flatMap(slices -> slices.raw(CAPABILITIES_META))
                .filter(raw -> raw.bytes()[0] == '{')
                .isPresent();
        if (said.get().equals(VERSION) && !declares) {
            return Optional.of(
                    Response.error(400, request.id(), -32602, "Invalid params: _meta has no " + CAPABILITIES_META));
        }
        Optional<String> version = head.header("MCP-Protocol-Version");
        if (!version.equals(said) || head.repeats("MCP-Protocol-Version")) {
            return mismatch(request, "MCP-Protocol-Version", version, said.get());
        }
        Optional<String> method = head.header("Mcp-Method");
        if (!method.equals(Optional.of(request.method()))) {
            return mismatch(request, "Mcp-Method", method, request.method());
        }
        Optional<String> name =
                Optional.ofNullable(NAMED_BY.get(request.method())).flatMap(parameter -> parameter(request, parameter));
        if (name.isPresent()
                && !head.header("Mcp-Name").flatMap(StatelessChecks::decoded).equals(name)) {
            return mismatch(request, "Mcp-Name", head.header("Mcp-Name"), name.get());
        }
        return Optional.empty();
    }

    private static Optional<String> parameter(RpcMessage.Request request, String name) {
        try {
            return JsonSlices.ofObject(request.params().bytes()).string(name);
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    /** A header's value as it was meant; none when its encoding is broken. */
    static Optional<String> decoded(String value) {
        if (!value.startsWith("=?base64?") || !value.endsWith("?=")) {
            return Optional.of(value);
        }
        String encoded = value.substring("=?base64?".length(), value.length() - 2);
        try {
            byte[] text = Base64.getDecoder().decode(encoded);
            // Java reads it without padding, too.
            return Base64.getEncoder().encodeToString(text).equals(encoded)
                    ? Optional.of(new String(text, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Response> mismatch(
            RpcMessage.Request request, String header, Optional<String> value, String body) {
        return Optional.of(Response.error(
                400,
                request.id(),
                HEADER_MISMATCH,
                value.isEmpty()
                        ? "The header " + header + " is missing"
                        : "The header " + header + " does not say what the body says: " + body));
    }

    /** The status that goes with an answer. */
    static int status(byte[] message) {
        try {
            Optional<JsonSlices> error = JsonSlices.ofObject(message).object("error");
            Optional<Long> code = error.flatMap(slices -> slices.raw("code"))
                    .map(RawJson::text)
                    .filter(text -> text.matches("-?\\d{1,9}"))
                    .map(Long::valueOf);
            if (code.isEmpty()) {
                return 200;
            }
            return code.get() == -32601 ? 404 : BAD_REQUESTS.contains(code.get()) ? 400 : 200;
        } catch (MalformedJson e) {
            return 200;
        }
    }
}
