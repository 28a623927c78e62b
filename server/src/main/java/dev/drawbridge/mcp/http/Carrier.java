package dev.drawbridge.mcp.http;

import java.io.IOException;
import java.net.http.HttpRequest;

/** Takes one HTTP request to its server, over whatever connection. */
interface Carrier {
    /**
     * Makes the request and waits for the response's headers; whoever calls bounds that by aborting the exchange.
     *
     * @param body the request's content, empty for none
     * @throws IOException what went wrong on the way, also because the exchange was aborted
     */
    HttpAnswer.Response carry(HttpRequest request, byte[] body, Exchange exchange) throws IOException;
}
