package dev.drawbridge.proxy.http;

import dev.drawbridge.hub.ServerName;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The local Streamable HTTP endpoint, for hosts that speak nothing else: every configured server at {@code /mcp/NAME}, and
 * all of them as one at {@code /mcp}, in both protocol eras, for this user's programs on this machine alone.
 */
public final class HttpEndpoint implements AutoCloseable {
    private static final String ROOT = "/mcp";

    private final DoorCheck door;
    private final AttachedHosts hosts;
    private final HttpListener listener;

    private HttpEndpoint(int port, EndpointToken token, HttpHosts hub, HttpBounds bounds, InstantSource clock)
            throws IOException {
        this.door = new DoorCheck(token);
        this.hosts = new AttachedHosts(hub, bounds, clock);
        this.listener = HttpListener.open(port, bounds, new Handler(), hosts::forgetSilent);
    }

    /** Begins to serve; fails when the port is taken, because hosts are set up for that one. */
    public static HttpEndpoint open(
            int port, EndpointToken token, HttpHosts hub, HttpBounds bounds, InstantSource clock) throws IOException {
        return new HttpEndpoint(port, token, hub, bounds, clock);
    }

    /** Where it is. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.port() + ROOT);
    }

    /** How many hosts are attached. */
    public int attached() {
        return hosts.count();
    }

    @Override
    public void close() {
        listener.close();
        hosts.close();
    }

    private final class Handler implements HttpHandler {
        @Override
        public Optional<Response> refuses(RequestHead head) {
            return door.refuses(head);
        }

        @Override
        public void handle(Request request, Exchange exchange) throws IOException {
            RequestHead head = request.head();
            Optional<String> path = path(head);
            if (path.isEmpty()) {
                exchange.send(Response.refusal(
                        404, "Each server is at " + ROOT + "/NAME, and all of them as one at " + ROOT + "."));
                return;
            }
            exchange.admit(DoorCheck.origin(head));
            switch (head.method()) {
                case "POST" -> post(path.get(), request, exchange);
                case "GET" -> get(path.get(), head, exchange);
                case "DELETE" -> delete(path.get(), head, exchange);
                case "OPTIONS" -> exchange.send(Response.empty(204));
                default -> exchange.send(notAllowed());
            }
        }
    }

    private static Response notAllowed() {
        return Response.refusal(405, "This takes POST, and GET and DELETE with a session.")
                .with("Allow", "POST");
    }

    /** The path as it identifies a server, {@code /mcp} or {@code /mcp/NAME}. */
    private static Optional<String> path(RequestHead head) {
        String path = head.path();
        boolean one = path.startsWith(ROOT + "/")
                && path.length() > ROOT.length() + 1
                && path.indexOf('/', ROOT.length() + 1) < 0;
        return one || path.equals(ROOT) ? Optional.of(path) : Optional.empty();
    }

    private static Optional<ServerName> server(String path) {
        if (path.equals(ROOT)) {
            return Optional.empty();
        }
        // In a path a plus sign stands for itself.
        String name = path.substring(ROOT.length() + 1).replace("+", "%2B");
        return Optional.of(new ServerName(URLDecoder.decode(name, StandardCharsets.UTF_8)));
    }

    // --- POST ----------------------------------------------------------------------------------------------------

    private void post(String path, Request request, Exchange exchange) throws IOException {
        Optional<String> type = request.head().header("Content-Type");
        if (!type.filter(value -> value.toLowerCase(Locale.ROOT).startsWith("application/json"))
                .isPresent()) {
            exchange.send(Response.refusal(415, "The body is application/json."));
            return;
        }
        List<RpcMessage> messages;
        Optional<ServerName> server;
        try {
            messages = RpcMessage.parse(request.body());
            server = server(path);
        } catch (MalformedJson e) {
            exchange.send(Response.error(400, RawJson.NULL, -32700, "Parse error: " + e.getMessage()));
            return;
        } catch (IllegalArgumentException e) {
            exchange.send(Response.refusal(404, "The path names no server."));
            return;
        }
        if (messages.size() == 1 && messages.getFirst() instanceof RpcMessage.Request asked) {
            if (StatelessChecks.applies(request.head(), asked)) {
                stateless(path, server, asked, request, exchange);
                return;
            }
            if (asked.method().equals("initialize")
                    && request.head().header("Mcp-Session-Id").isEmpty()) {
                begin(path, server, asked, request, exchange);
                return;
            }
        }
        Optional<HttpSession> session = session(path, request.head(), exchange);
        if (session.isPresent()) {
            session.get().post(messages, request, exchange);
        }
    }

    private void stateless(
            String path, Optional<ServerName> server, RpcMessage.Request asked, Request request, Exchange exchange)
            throws IOException {
        Optional<Response> wrong = StatelessChecks.refuses(request.head(), asked);
        if (wrong.isPresent()) {
            exchange.send(wrong.get());
            return;
        }
        Optional<StatelessHost> host = hosts.of(path, server, asked);
        if (host.isEmpty()) {
            exchange.send(Response.refusal(503, "Too many hosts are attached."));
        } else if (!host.get().conversation().isServed()) {
            hosts.drop(host.get());
            exchange.send(Response.refusal(404, unknown(server)));
        } else {
            Optional<Response> parameters =
                    ParameterChecks.refuses(request.head(), asked, host.get().conversation()::lastKnownTools);
            if (parameters.isPresent()) {
                exchange.send(parameters.get());
            } else {
                host.get().post(asked, request, exchange);
            }
        }
    }

    private void begin(
            String path, Optional<ServerName> server, RpcMessage.Request asked, Request request, Exchange exchange)
            throws IOException {
        Optional<HttpSession> session = hosts.begin(path, server, asked);
        if (session.isEmpty()) {
            exchange.send(Response.refusal(503, "Too many hosts are attached."));
        } else if (!session.get().isServed()) {
            hosts.end(session.get().id(), path);
            exchange.send(Response.refusal(404, unknown(server)));
        } else {
            session.get().post(List.of(asked), request, exchange);
        }
    }

    private static String unknown(Optional<ServerName> server) {
        return "There is no server " + server.map(ServerName::value).orElse("") + " in your mcp.json.";
    }

    // --- sessions ------------------------------------------------------------------------------------------------

    private Optional<HttpSession> session(String path, RequestHead head, Exchange exchange) throws IOException {
        Optional<String> id = head.header("Mcp-Session-Id");
        if (id.isEmpty()) {
            exchange.send(Response.refusal(400, "Mcp-Session-Id is missing; the first request is initialize."));
            return Optional.empty();
        }
        Optional<String> version = head.header("MCP-Protocol-Version");
        if (version.isPresent() && !HttpSession.VERSIONS.contains(version.get())) {
            exchange.send(Response.refusal(400, "This MCP-Protocol-Version is not one that sessions have."));
            return Optional.empty();
        }
        Optional<HttpSession> session = hosts.session(id.get(), path);
        if (session.isEmpty()) {
            exchange.send(Response.refusal(404, "The session is not known, or not any more; initialize anew."));
        }
        return session;
    }

    private void get(String path, RequestHead head, Exchange exchange) throws IOException {
        if (head.header("Mcp-Session-Id").isEmpty()) {
            exchange.send(notAllowed());
        } else if (!head.accepts("text/event-stream")) {
            exchange.send(Response.refusal(406, "The answer is a stream of events, which Accept does not admit."));
        } else {
            Optional<HttpSession> session = session(path, head, exchange);
            if (session.isPresent()) {
                session.get().get(head, exchange);
            }
        }
    }

    private void delete(String path, RequestHead head, Exchange exchange) throws IOException {
        if (head.header("Mcp-Session-Id").isEmpty()) {
            exchange.send(notAllowed());
            return;
        }
        Optional<HttpSession> session = session(path, head, exchange);
        if (session.isPresent()) {
            hosts.end(session.get().id(), path);
            exchange.send(Response.empty(204));
        }
    }
}
