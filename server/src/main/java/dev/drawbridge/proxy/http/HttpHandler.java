package dev.drawbridge.proxy.http;

import java.io.IOException;
import java.util.Optional;

/** Answers requests, each on a thread of its own. */
interface HttpHandler {
    /** Why a request is not even read; asked before its body comes. */
    Optional<Response> refuses(RequestHead head);

    void handle(Request request, Exchange exchange) throws IOException;
}
