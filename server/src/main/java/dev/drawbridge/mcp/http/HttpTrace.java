package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.McpFailure;
import dev.drawbridge.mcp.Rejection;
import dev.drawbridge.mcp.Trace;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** One line for a request to a server and one for its end, without anything that could be a secret. */
final class HttpTrace {
    private HttpTrace() {}

    static void asking(Trace trace, HttpAsk ask, boolean authorized) {
        if (trace.isOn()) {
            trace.note("server <- " + ask.method() + " " + place(ask.uri()) + " " + ask.operation()
                    + ask.body().map(body -> ", " + body.length + " bytes").orElse("")
                    + (authorized ? ", with a token" : ""));
        }
    }

    static void ended(Trace trace, HttpAsk ask, HttpAnswer answer, long began) {
        if (trace.isOn()) {
            trace.note("server -> " + ask.operation() + ": " + end(answer) + after(System.nanoTime() - began));
        }
    }

    private static String end(HttpAnswer answer) {
        return switch (answer) {
            case HttpAnswer.Response response -> response.status() + " " + response.contentType();
            case HttpAnswer.Failed(McpFailure failure) -> failure.code() + " " + failure.message();
            case HttpAnswer.Unauthorized(Rejection rejection) -> String.valueOf(rejection.status());
            case HttpAnswer.Aborted() -> "given up";
        };
    }

    /** What a sign-in on the server's behalf asks other machines. */
    static WatchedClient.Watcher signIn(Trace trace) {
        return new WatchedClient.Watcher() {
            @Override
            public void asking(HttpRequest request) {
                if (trace.isOn()) {
                    trace.note("sign-in <- " + request.method() + " " + place(request.uri()));
                }
            }

            @Override
            public void ended(HttpRequest request, Optional<HttpResponse<?>> response, Duration took) {
                if (trace.isOn()) {
                    String status = response.map(got -> String.valueOf(got.statusCode()))
                            .orElse("no answer");
                    trace.note("sign-in -> " + place(request.uri()) + ": " + status + after(took.toNanos()));
                }
            }
        };
    }

    private static String after(long nanos) {
        return " after " + Duration.ofNanos(nanos).toMillis() + " ms";
    }

    /** A user part or a query may hold a key. */
    private static String place(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }
}
