package dev.drawbridge.config;

import dev.drawbridge.config.OAuthSettings.BrowserReturn;
import dev.drawbridge.config.OAuthSettings.IdentityProvider;
import dev.drawbridge.config.jsonc.JsonNode;
import dev.drawbridge.config.jsonc.JsonNode.JsonArray;
import dev.drawbridge.config.jsonc.JsonNode.JsonBoolean;
import dev.drawbridge.config.jsonc.JsonNode.JsonNumber;
import dev.drawbridge.config.jsonc.JsonNode.JsonObject;
import dev.drawbridge.config.jsonc.JsonNode.JsonString;
import dev.drawbridge.config.jsonc.JsonNode.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code oauth} member of a server: an object, or {@code false} to keep the server away from sign-in. */
final class OAuthReader {
    static final List<String> AUTH_METHODS =
            List.of("none", "client_secret_basic", "client_secret_post", "private_key_jwt");
    static final List<String> GRANTS =
            List.of("authorization_code", "device_code", "client_credentials", "enterprise_managed", "jwt_bearer");
    static final List<String> ALGORITHMS = List.of(
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    private static final Map<String, String> NOT_FURTHER = Map.of(
            "scope", "it is told by \"scopes\"",
            "resource", "it is told by \"resource\"",
            "client_id", "it is told by \"clientId\"",
            "redirect_uri", "it is told by \"redirectUri\"",
            "dpop_jkt", "it is told by \"dpop\"",
            "response_type", "a sign-in needs an authorization code",
            "state", "each sign-in has its own",
            "code_challenge", "each sign-in has its own",
            "code_challenge_method", "it is always S256");

    /** Above it the callback listener would hang up on the browser. */
    private static final Duration LONGEST_EXCHANGE = Duration.ofMinutes(5);

    private static final Duration SHORTEST_EXCHANGE = Duration.ofSeconds(1);

    private final Members oauth;
    private final ProblemList problems;

    private OAuthReader(Members oauth) {
        this.oauth = oauth;
        this.problems = oauth.problems();
    }

    static OAuthSettings read(Members server) {
        if (server.node("oauth").orElse(null) instanceof JsonBoolean literal) {
            return enabled(literal.value());
        }
        return server.object("oauth")
                .map(object -> new OAuthReader(object).settings())
                .orElse(OAuthSettings.DEFAULTS);
    }

    private static OAuthSettings enabled(boolean enabled) {
        OAuthSettings none = OAuthSettings.DEFAULTS;
        return new OAuthSettings(
                enabled,
                none.clientId(),
                none.clientSecret(),
                none.clientMetadataUrl(),
                none.tokenEndpointAuthMethod(),
                none.privateKey(),
                none.signingAlgorithm(),
                none.scopes(),
                none.redirectUri(),
                none.callbackPort(),
                none.authorizeParams(),
                none.resource(),
                none.resourceOmitted(),
                none.issuer(),
                none.account(),
                none.dpop(),
                none.grant(),
                none.idp(),
                none.assertion(),
                none.tokenEndpoint(),
                none.useIdToken(),
                none.clientMetadata(),
                none.browserReturn());
    }

    private OAuthSettings settings() {
        oauth.check(KnownKeys.OAUTH, "\"oauth\"");
        boolean resourceOmitted =
                oauth.node("resource").orElse(null) instanceof JsonBoolean literal && !literal.value();
        OAuthSettings settings = new OAuthSettings(
                oauth.bool("enabled").orElse(true),
                oauth.text("clientId"),
                oauth.text("clientSecret"),
                oauth.text("clientMetadataUrl"),
                oauth.oneOf("tokenEndpointAuthMethod", AUTH_METHODS),
                oauth.text("privateKey"),
                oauth.oneOf("signingAlgorithm", ALGORITHMS),
                scopes(),
                oauth.text("redirectUri"),
                callbackPort(),
                authorizeParams(),
                resourceOmitted ? Optional.empty() : oauth.text("resource"),
                resourceOmitted,
                oauth.text("issuer"),
                oauth.text("account"),
                dpop(),
                oauth.oneOf("grant", GRANTS),
                idp(),
                oauth.text("assertion"),
                oauth.text("tokenEndpoint"),
                oauth.bool("useIdToken").orElse(false),
                oauth.object("clientMetadata").map(ClientMetadataReader::read).orElse(Map.of()),
                new BrowserReturn(oauth.text("successUrl"), exchangeTimeout()));
        checkUrls();
        checkTogether(settings);
        return settings;
    }

    private Optional<List<String>> scopes() {
        return oauth.node("scopes", "scope").flatMap(node -> switch (node) {
            case JsonString string -> oauth.text("scopes", "scope").map(OAuthReader::words);
            case JsonArray array -> Optional.of(oauth.textsOf(array, "scopes"));
            default -> {
                oauth.wrongType(node, "scopes", "an array of strings");
                yield Optional.empty();
            }
        });
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    /** Without those that say what a sign-in itself decides, or another key tells. */
    private Map<String, String> authorizeParams() {
        Map<String, String> params = oauth.textMap("authorizeParams");
        if (oauth.node("authorizeParams").orElse(null) instanceof JsonObject object) {
            for (Member member : object.members()) {
                String elsewhere = NOT_FURTHER.getOrDefault(member.name(), "");
                if (!elsewhere.isEmpty()) {
                    params.remove(member.name());
                    problems.warning(
                            member.key(),
                            "config.unusedKey",
                            "The parameter \"" + member.name() + "\" has no effect here: " + elsewhere + ".");
                }
            }
        }
        return params;
    }

    private Optional<Integer> callbackPort() {
        return oauth.node("callbackPort").flatMap(node -> {
            String text = switch (node) {
                case JsonNumber number -> number.text();
                case JsonString string -> string.value();
                default -> "";
            };
            if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535) {
                return Optional.of(Integer.parseInt(text));
            }
            problems.error(node, "config.badValue", "\"callbackPort\" is a number from 1 to 65535.");
            return Optional.empty();
        });
    }

    private Optional<String> dpop() {
        return oauth.node("dpop").flatMap(node -> {
            String text = switch (node) {
                case JsonBoolean literal -> String.valueOf(literal.value());
                case JsonString string -> string.value();
                default -> "";
            };
            if (List.of("true", "false", "auto").contains(text)) {
                return Optional.of(text);
            }
            problems.error(node, "config.badValue", "\"dpop\" is true, false or \"auto\".");
            return Optional.empty();
        });
    }

    private Optional<Duration> exchangeTimeout() {
        return oauth.duration("exchangeTimeout").filter(duration -> {
            boolean within = duration.compareTo(SHORTEST_EXCHANGE) >= 0 && duration.compareTo(LONGEST_EXCHANGE) <= 0;
            if (!within) {
                oauth.node("exchangeTimeout")
                        .ifPresent(node -> problems.error(
                                node, "config.badValue", "\"exchangeTimeout\" is from 1 second to 5 minutes."));
            }
            return within;
        });
    }

    private Optional<IdentityProvider> idp() {
        return oauth.object("idp").map(idp -> {
            idp.check(KnownKeys.IDP, "\"idp\"");
            return new IdentityProvider(
                    idp.text("issuer"),
                    idp.text("tokenEndpoint"),
                    idp.text("clientId"),
                    idp.text("clientSecret"),
                    idp.text("idToken"));
        });
    }

    private void checkUrls() {
        for (String key : List.of("issuer", "clientMetadataUrl", "tokenEndpoint")) {
            oauth.text(key)
                    .filter(url -> !VariableText.parse(url).hasVariables())
                    .ifPresent(url -> {
                        boolean safe = UrlCheck.whyNot(url).isEmpty()
                                && UrlCheck.worry(url).isEmpty();
                        if (!safe) {
                            oauth.node(key)
                                    .ifPresent(node -> problems.error(
                                            node,
                                            "config.badUrl",
                                            "\"" + key + "\" is an https:// URL, or http:// on loopback."));
                        }
                    });
        }
        checkSuccessUrl();
        oauth.text("redirectUri")
                .filter(uri -> !VariableText.parse(uri).hasVariables())
                .flatMap(UrlCheck::whyNot)
                .flatMap(why -> oauth.node("redirectUri"))
                .ifPresent(node ->
                        problems.error(node, "config.badUrl", "\"redirectUri\" is an http:// or https:// URL."));
    }

    /** It is a page and nothing else, so that what looks like a place for a secret in it can only be a mistake. */
    private void checkSuccessUrl() {
        Optional<JsonNode> node = oauth.node("successUrl");
        Optional<String> url = oauth.text("successUrl")
                .filter(text -> !VariableText.parse(text).hasVariables());
        if (node.isEmpty() || url.isEmpty()) {
            return;
        }
        boolean page = UrlCheck.whyNot(url.get()).isEmpty() && UrlCheck.isPlainPage(url.get());
        if (!page) {
            problems.error(
                    node.get(),
                    "config.badUrl",
                    "\"successUrl\" is an https:// URL, or http:// on loopback, without user, query and fragment.");
        } else if (UrlCheck.worry(url.get()).isPresent()) {
            problems.warning(node.get(), "config.plainHttp", "The page after a sign-in is fetched unencrypted.");
        }
    }

    /** What some settings need from others. */
    private void checkTogether(OAuthSettings settings) {
        switch (settings.grant().orElse("")) {
            case "enterprise_managed" -> {
                require(settings.clientId().isPresent(), "grant", "The grant enterprise_managed needs a \"clientId\".");
                boolean complete = settings.idp()
                        .filter(idp -> idp.idToken().isPresent()
                                && (idp.issuer().isPresent()
                                        || idp.tokenEndpoint().isPresent()))
                        .isPresent();
                require(
                        complete,
                        "grant",
                        "The grant enterprise_managed needs \"idp\" with \"idToken\" and \"issuer\" or"
                                + " \"tokenEndpoint\".");
            }
            case "jwt_bearer" ->
                require(settings.assertion().isPresent(), "grant", "The grant jwt_bearer needs an \"assertion\".");
            case "client_credentials" ->
                require(settings.clientId().isPresent(), "grant", "The grant client_credentials needs a \"clientId\".");
            default -> {}
        }
        switch (settings.tokenEndpointAuthMethod().orElse("")) {
            case "private_key_jwt" ->
                require(
                        settings.privateKey().isPresent() && settings.clientId().isPresent(),
                        "tokenEndpointAuthMethod",
                        "private_key_jwt needs a \"privateKey\" and a \"clientId\".");
            case "client_secret_basic", "client_secret_post" ->
                require(
                        settings.clientSecret().isPresent()
                                || settings.clientId().isEmpty(),
                        "tokenEndpointAuthMethod",
                        "This method needs a \"clientSecret\".");
            default -> {}
        }
        require(
                settings.tokenEndpoint().isEmpty() || settings.grant().equals(Optional.of("client_credentials")),
                "tokenEndpoint",
                "\"tokenEndpoint\" goes with the grant client_credentials; else endpoints are found by discovery.");
        if (settings.redirectUri().isPresent() && settings.callbackPort().isPresent()) {
            oauth.member("callbackPort")
                    .ifPresent(member -> problems.warning(
                            member.key(), "config.unusedKey", "\"redirectUri\" already says the port, and counts."));
        }
    }

    private void require(boolean fulfilled, String key, String sentence) {
        Optional<JsonNode> node = fulfilled ? Optional.empty() : oauth.node(key);
        node.ifPresent(at -> problems.error(at, "config.missing", sentence));
    }
}
