package dev.drawbridge.config;

import dev.drawbridge.config.Expansion.Expanded;
import dev.drawbridge.config.OAuthSettings.BrowserReturn;
import dev.drawbridge.config.OAuthSettings.IdentityProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces the variables of an {@code oauth} object; {@code @file} becomes {@code @} and an absolute path. What others renew,
 * the assertion and the ID token, stays as it is written, for {@link FreshValue} reads it each time.
 */
final class OAuthResolution {
    static final String ASSERTION = "/oauth/assertion";
    static final String ID_TOKEN = "/oauth/idp/idToken";

    private final OAuthSettings oauth;
    private final Expansion expansion;
    private final Fingerprint fingerprint;

    OAuthResolution(OAuthSettings oauth, Expansion expansion, Fingerprint fingerprint) {
        this.oauth = oauth;
        this.expansion = expansion;
        this.fingerprint = fingerprint;
    }

    OAuthSettings resolve() {
        fingerprint.add("oauth", oauth.enabled() + " " + oauth.resourceOmitted() + " " + oauth.callbackPort());
        fingerprint.add("method", oauth.tokenEndpointAuthMethod());
        fingerprint.add("algorithm", oauth.signingAlgorithm());
        fingerprint.add("dpop", oauth.dpop());
        fingerprint.add("grant", oauth.grant());
        fingerprint.add("idToken", String.valueOf(oauth.useIdToken()));
        fingerprint.add("clientMetadata", oauth.clientMetadata());
        fingerprint.add(
                "exchangeTimeout", oauth.browserReturn().exchangeTimeout().map(Duration::toString));
        return new OAuthSettings(
                oauth.enabled(),
                text(oauth.clientId(), "clientId"),
                text(oauth.clientSecret(), "clientSecret"),
                text(oauth.clientMetadataUrl(), "clientMetadataUrl"),
                oauth.tokenEndpointAuthMethod(),
                textOrFile(oauth.privateKey(), "privateKey"),
                oauth.signingAlgorithm(),
                oauth.scopes().map(this::scopes),
                text(oauth.redirectUri(), "redirectUri"),
                oauth.callbackPort(),
                authorizeParams(),
                text(oauth.resource(), "resource"),
                oauth.resourceOmitted(),
                text(oauth.issuer(), "issuer"),
                text(oauth.account(), "account"),
                oauth.dpop(),
                oauth.grant(),
                oauth.idp().map(this::idp),
                fresh(oauth.assertion(), ASSERTION),
                text(oauth.tokenEndpoint(), "tokenEndpoint"),
                oauth.useIdToken(),
                oauth.clientMetadata(),
                new BrowserReturn(
                        text(oauth.browserReturn().successUrl(), "successUrl"),
                        oauth.browserReturn().exchangeTimeout()));
    }

    private IdentityProvider idp(IdentityProvider idp) {
        return new IdentityProvider(
                text(idp.issuer(), "idp/issuer"),
                text(idp.tokenEndpoint(), "idp/tokenEndpoint"),
                text(idp.clientId(), "idp/clientId"),
                text(idp.clientSecret(), "idp/clientSecret"),
                fresh(idp.idToken(), ID_TOKEN));
    }

    private Optional<String> text(Optional<String> value, String pointer) {
        return expansion.expand(value, "/oauth/" + pointer).map(expanded -> {
            fingerprint.add(pointer, expanded.identity());
            return expanded.value();
        });
    }

    private Optional<String> textOrFile(Optional<String> value, String pointer) {
        return text(value, pointer)
                .map(text -> text.startsWith("@")
                        ? expansion
                                .path(text.substring(1), "/oauth/" + pointer)
                                .map(path -> {
                                    fingerprint.add(pointer + " file", path.toString());
                                    return "@" + path;
                                })
                                .orElse("")
                        : text);
    }

    private Optional<String> fresh(Optional<String> value, String pointer) {
        value.ifPresent(text -> fingerprint.add(pointer, expansion.withoutCommands(text, pointer)));
        return value;
    }

    private List<String> scopes(List<String> scopes) {
        List<String> values = new ArrayList<>();
        fingerprint.add("scopes", String.valueOf(scopes.size()));
        for (int i = 0; i < scopes.size(); i++) {
            Expanded scope = expansion.expand(scopes.get(i), "/oauth/scopes/" + i);
            fingerprint.add("scope", scope.identity());
            values.add(scope.value());
        }
        return values;
    }

    private Map<String, String> authorizeParams() {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> identities = new LinkedHashMap<>();
        oauth.authorizeParams().forEach((name, value) -> {
            Expanded expanded = expansion.expand(value, "/oauth/authorizeParams/" + Members.escape(name));
            values.put(name, expanded.value());
            identities.put(name, expanded.identity());
        });
        fingerprint.add("authorizeParams", identities);
        return values;
    }
}
