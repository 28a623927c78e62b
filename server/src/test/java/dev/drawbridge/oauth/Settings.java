package dev.drawbridge.oauth;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A {@link ClientSettings} that differs from the default one in what a test names. */
final class Settings {
    Optional<String> clientId = Optional.empty();
    Optional<Secret> clientSecret = Optional.empty();
    Optional<URI> clientMetadataUrl = Optional.empty();
    Optional<Secret> privateKeyPem = Optional.empty();
    Optional<String> signingAlgorithm = Optional.empty();
    Optional<Set<String>> scopes = Optional.empty();
    Map<String, String> authorizeParams = Map.of();
    ResourceSetting resource = new ResourceSetting.Automatic();
    Optional<String> issuer = Optional.empty();
    Grant grant = Grant.AUTHORIZATION_CODE;
    Optional<URI> tokenEndpoint = Optional.empty();
    boolean idTokenAsBearer;
    Map<String, String> clientMetadata = Map.of();
    BrowserReturn browserReturn = BrowserReturn.DEFAULT;
    DpopMode dpop = DpopMode.AUTOMATIC;

    ClientSettings build() {
        return new ClientSettings(
                clientId,
                clientSecret,
                clientMetadataUrl,
                Optional.empty(),
                privateKeyPem,
                signingAlgorithm,
                scopes,
                Optional.empty(),
                Optional.empty(),
                authorizeParams,
                resource,
                issuer,
                grant,
                tokenEndpoint,
                idTokenAsBearer,
                clientMetadata,
                browserReturn,
                dpop);
    }
}
