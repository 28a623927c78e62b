package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.relay.ProxyArguments.BadArguments;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How to sign in at a server that the command line describes: the {@code oauth} object of an mcp.json. */
final class GivenSignIn {
    private static final int MAX_PORT = 65_535;

    /** The first of Drawbridge's own callback ports. */
    private static final int OWN_PORT = 48_801;

    /** Seconds; the most that an exchange of a code for tokens may take. */
    private static final int LONGEST_EXCHANGE = 300;

    private static final Set<String> FIXED_PARAMETERS = Set.of(
            "client_id",
            "redirect_uri",
            "response_type",
            "state",
            "code_challenge",
            "code_challenge_method",
            "dpop_jkt");

    private final List<String> remarks;
    private final Map<String, RawJson> oauth = new LinkedHashMap<>();
    private final Map<String, RawJson> clientMetadata = new LinkedHashMap<>();
    private final Map<String, String> authorizeParams = new LinkedHashMap<>();
    private RawJson own = RawJson.EMPTY_OBJECT;
    private String host = "";
    private String callbackPath = "";
    private String successUrl = "";
    private String tokenEndpoint = "";

    /** @param remarks what the person who wrote the command line should read is added to it */
    GivenSignIn(List<String> remarks) {
        this.remarks = remarks;
    }

    void put(String member, String value) {
        oauth.put(member, RawJson.of(GivenServer.literal(value)));
    }

    void resource(String value) {
        oauth.put("resource", RawJson.of(value.isEmpty() ? "false" : GivenServer.literal(value)));
    }

    void useIdToken() {
        oauth.put("useIdToken", RawJson.of("true"));
    }

    void host(String value) {
        host = value;
    }

    void callbackPath(String value) throws BadArguments {
        if (!value.startsWith("/")) {
            throw new BadArguments("--callback-path begins with a slash.");
        }
        callbackPath = value;
    }

    void successUrl(String value) {
        successUrl = value;
    }

    void tokenEndpoint(String value) {
        tokenEndpoint = value;
    }

    /** It bounds the exchange a browser waits for when it comes back; no host and no other process waits for a sign-in. */
    void timeout(String value) throws BadArguments {
        if (!value.matches("0*[1-9][0-9]{0,6}")) {
            throw new BadArguments("--auth-timeout is a number of seconds above zero.");
        }
        int seconds = Math.min(Integer.parseInt(value), LONGEST_EXCHANGE);
        put("exchangeTimeout", seconds + "s");
    }

    void authorizeParam(String value) throws BadArguments {
        int equals = value.indexOf('=');
        if (equals < 1) {
            throw new BadArguments("--authorize-param is written name=value.");
        }
        String parameter = value.substring(0, equals);
        if (FIXED_PARAMETERS.contains(parameter)) {
            throw new BadArguments("--authorize-param cannot set " + parameter + ".");
        }
        String said = value.substring(equals + 1);
        // What the token endpoint has to hear of as well has keys of its own.
        switch (parameter) {
            case "scope" -> put("scopes", said);
            case "resource" -> resource(said);
            default -> authorizeParams.put(parameter, GivenServer.literal(said));
        }
    }

    /** What a registration says of the client; a sign-in asks for the scope as well. */
    void clientMetadata(JsonSlices metadata) {
        for (String member : metadata.names()) {
            String value = metadata.string(member).orElse("");
            switch (member) {
                case "token_endpoint_auth_method" -> put("tokenEndpointAuthMethod", value);
                case "redirect_uris" -> ignored(member, "a callback port, --host and --callback-path tell it");
                case "response_types" -> ignored(member, "a sign-in needs an authorization code");
                case "client_id", "client_secret" -> ignored(member, "--static-oauth-client-info tells it");
                case "grant_types" -> {
                    String grants = metadata.raw(member).orElse(RawJson.NULL).text();
                    if (grants.contains("\"authorization_code\"") || grants.contains(":device_code\"")) {
                        clientMetadata.put(member, RawJson.of(grants));
                    } else {
                        ignored(member, "nobody could sign in with these");
                    }
                }
                default -> {
                    if (member.equals("scope")) {
                        put("scopes", value);
                    }
                    clientMetadata.put(member, metadata.raw(member).orElse(RawJson.NULL));
                }
            }
        }
    }

    private void ignored(String member, String why) {
        remarks.add("of --static-oauth-client-metadata, " + JsonText.quote(member) + " is not used: " + why + ".");
    }

    /** The {@code oauth} object of the flag {@code --oauth}, whose members win. */
    void own(RawJson object) {
        own = object;
    }

    /** The whole object. */
    RawJson object(List<String> port, boolean allowHttp) throws BadArguments {
        redirect(port);
        checkSuccessUrl(allowHttp);
        checkTokenEndpoint();
        if (!authorizeParams.isEmpty()) {
            oauth.put("authorizeParams", RawJson.of(GivenServer.object(authorizeParams)));
        }
        try {
            if (!clientMetadata.isEmpty()) {
                oauth.put("clientMetadata", JsonEdit.with(RawJson.EMPTY_OBJECT, clientMetadata));
            }
            Map<String, RawJson> members = new LinkedHashMap<>();
            JsonSlices slices = JsonSlices.ofObject(own.bytes());
            for (String member : slices.names()) {
                members.put(member, slices.raw(member).orElse(RawJson.NULL));
            }
            return JsonEdit.with(JsonEdit.with(RawJson.EMPTY_OBJECT, oauth), members);
        } catch (MalformedJson e) {
            throw new BadArguments("--oauth is no JSON object: " + e.getMessage() + ".");
        }
    }

    /** A given port is what the client was registered with, so all of the redirect URI has to be as it was there. */
    private void redirect(List<String> port) throws BadArguments {
        if (port.isEmpty() && host.isEmpty() && callbackPath.isEmpty()) {
            return;
        }
        int number = OWN_PORT;
        if (!port.isEmpty()) {
            String text = port.getFirst();
            number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
            if (number < 1 || number > MAX_PORT) {
                throw new BadArguments("the callback port is a number from 1 to 65535, not " + text + ".");
            }
        }
        oauth.put("callbackPort", RawJson.of(String.valueOf(number)));
        put(
                "redirectUri",
                "http://" + (host.isEmpty() ? "localhost" : host) + ":" + number
                        + (callbackPath.isEmpty() ? "/oauth/callback" : callbackPath));
    }

    private void checkSuccessUrl(boolean allowHttp) throws BadArguments {
        if (successUrl.isEmpty()) {
            return;
        }
        URI uri = GivenUrl.web("--auth-success-url", successUrl);
        if (GivenUrl.isPlainHttp(uri) && !allowHttp
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new BadArguments("--auth-success-url is an https:// URL, or http:// on loopback or with --allow-http,"
                    + " without user, query and fragment.");
        }
        put("successUrl", successUrl);
    }

    /** A secret goes there, so that --allow-http does not stretch to it (RFC 6749 section 3.2). */
    private void checkTokenEndpoint() throws BadArguments {
        if (tokenEndpoint.isEmpty()) {
            return;
        }
        if (!oauth.getOrDefault("grant", RawJson.NULL).equals(RawJson.of("\"client_credentials\""))) {
            throw new BadArguments("--token-endpoint goes with --client-credentials.");
        }
        URI uri = GivenUrl.web("--token-endpoint", tokenEndpoint);
        if (GivenUrl.isPlainHttp(uri) || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new BadArguments(
                    "--token-endpoint is an https:// URL, or http:// on loopback, without user and fragment.");
        }
        put("tokenEndpoint", tokenEndpoint);
    }
}
