package dev.drawbridge.oauth;

import java.net.URI;
import java.util.Optional;

/**
 * A client whose id is the https address of a document about itself (draft-ietf-oauth-client-id-metadata-document, requirements
 * 15, 16). It is portable: every authorization server that supports it knows it without a registration.
 */
final class ClientMetadataDocument {
    private ClientMetadataDocument() {}

    /** The user's own document before the one the project publishes. */
    static Optional<Client> select(
            ClientSettings settings, Optional<URI> published, AuthorizationServerMetadata server) {
        if (!server.clientMetadataDocumentSupported()) {
            return Optional.empty();
        }
        return settings.clientMetadataUrl()
                .or(() -> published)
                .filter(ClientMetadataDocument::isValid)
                .map(url -> new Client(
                        url.toString(),
                        Client.Source.DOCUMENT,
                        settings.privateKeyPem().isPresent()
                                ? TokenEndpointAuthMethod.PRIVATE_KEY_JWT
                                : TokenEndpointAuthMethod.NONE,
                        Optional.empty(),
                        Optional.empty()));
    }

    static boolean isValid(URI url) {
        return "https".equalsIgnoreCase(url.getScheme())
                && url.getHost() != null
                && url.getRawPath() != null
                && url.getRawPath().length() > 1
                && url.getRawFragment() == null
                && url.getRawUserInfo() == null;
    }
}
