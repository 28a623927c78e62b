package dev.drawbridge.cli.demo;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Says which authorization server a client has to turn to (RFC 9728). */
final class ResourceMetadataServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final String json;

    ResourceMetadataServlet(URI resource, URI issuer) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("resource", resource.toString());
        metadata.addProperty("resource_name", "Harbour");
        metadata.add("authorization_servers", DemoClients.array(List.of(issuer.toString())));
        metadata.add("scopes_supported", DemoClients.array(List.of(DemoAuthorizationServer.SCOPE)));
        metadata.add("bearer_methods_supported", DemoClients.array(List.of("header")));
        json = metadata.toString();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getWriter().write(json);
    }
}
