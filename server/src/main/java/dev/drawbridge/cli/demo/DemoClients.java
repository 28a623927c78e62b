package dev.drawbridge.cli.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The clients that registered with the demo's authorization server (RFC 7591); public native ones, and not many. */
final class DemoClients {
    private static final int MOST = 100;
    private static final int MOST_REDIRECTS = 32;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private final Map<String, Client> clients = new ConcurrentHashMap<>();

    /** A registered client. */
    record Client(String id, String name, List<URI> redirects) {
        /** RFC 8252 section 7.3: on loopback the port may be another one than was registered. */
        boolean allows(URI redirect) {
            return redirects.stream()
                    .anyMatch(registered -> registered.equals(redirect)
                            || (isLoopback(registered)
                                    && isLoopback(redirect)
                                    && registered.getHost().equals(redirect.getHost())
                                    && registered.getRawPath().equals(redirect.getRawPath())
                                    && redirect.getRawQuery() == null));
        }
    }

    Optional<Client> find(String id) {
        return Optional.ofNullable(clients.get(id));
    }

    /** Registers a client; the answer is RFC 7591's client information response. */
    JsonObject register(JsonObject request) throws OAuthError {
        if (clients.size() >= MOST) {
            throw new OAuthError("invalid_client_metadata", "too many clients have registered");
        }
        List<URI> redirects = redirects(request);
        JsonElement name = request.get("client_name");
        Client client = new Client(
                Tokens.random(),
                name != null && name.isJsonPrimitive() ? name.getAsString() : "An unnamed program",
                redirects);
        clients.put(client.id(), client);
        JsonObject answer = new JsonObject();
        answer.addProperty("client_id", client.id());
        answer.addProperty("client_name", client.name());
        answer.add("redirect_uris", array(redirects.stream().map(URI::toString).toList()));
        answer.add("grant_types", array(List.of("authorization_code", "refresh_token")));
        answer.add("response_types", array(List.of("code")));
        answer.addProperty("token_endpoint_auth_method", "none");
        answer.addProperty("application_type", "native");
        return answer;
    }

    static JsonArray array(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static List<URI> redirects(JsonObject request) throws OAuthError {
        if (!(request.get("redirect_uris") instanceof JsonArray array)
                || array.isEmpty()
                || array.size() > MOST_REDIRECTS) {
            throw new OAuthError("invalid_redirect_uri", "redirect_uris is a list of addresses");
        }
        List<URI> redirects = new ArrayList<>();
        for (JsonElement element : array) {
            try {
                URI redirect = URI.create(element.getAsString());
                if (!isLoopback(redirect)) {
                    throw new OAuthError("invalid_redirect_uri", "the demo redirects to this machine only");
                }
                redirects.add(redirect);
            } catch (IllegalArgumentException | UnsupportedOperationException | IllegalStateException e) {
                throw new OAuthError("invalid_redirect_uri", "an address cannot be read");
            }
        }
        return List.copyOf(redirects);
    }

    private static boolean isLoopback(URI address) {
        return "http".equals(address.getScheme())
                && address.getHost() != null
                && address.getRawFragment() == null
                && address.getRawUserInfo() == null
                && LOOPBACK.contains(address.getHost());
    }
}
