package dev.drawbridge.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Proves at an authorization server's endpoints who the client is (RFC 6749 section 2.3, RFC 7523 section 2.2; requirements
 * 24, 53). A configured secret or key is read from the configuration, never from the token store.
 */
final class ClientAuthenticator {
    private ClientAuthenticator() {}

    /** Empty for a public client, which sends its id only. */
    static Optional<ClientAuthentication> authentication(Client client, ClientSettings settings, String issuer)
            throws AuthorizationFailed {
        ClientID id = new ClientID(client.id());
        return switch (client.method()) {
            case NONE -> Optional.empty();
            case CLIENT_SECRET_BASIC -> Optional.of(new ClientSecretBasic(id, secret(client, settings)));
            case CLIENT_SECRET_POST -> Optional.of(new ClientSecretPost(id, secret(client, settings)));
            case PRIVATE_KEY_JWT -> Optional.of(assertion(id, settings, issuer));
        };
    }

    /** The method of a configured client: as configured, else by what it has and what the server offers. */
    static TokenEndpointAuthMethod method(ClientSettings settings, AuthorizationServerMetadata server) {
        if (settings.authMethod().isPresent()) {
            return settings.authMethod().get();
        }
        if (settings.privateKeyPem().isPresent()) {
            return TokenEndpointAuthMethod.PRIVATE_KEY_JWT;
        }
        if (settings.clientSecret().isEmpty()) {
            return TokenEndpointAuthMethod.NONE;
        }
        boolean postOnly = server.authMethods()
                .filter(offered -> !offered.contains("client_secret_basic") && offered.contains("client_secret_post"))
                .isPresent();
        return postOnly ? TokenEndpointAuthMethod.CLIENT_SECRET_POST : TokenEndpointAuthMethod.CLIENT_SECRET_BASIC;
    }

    private static com.nimbusds.oauth2.sdk.auth.Secret secret(Client client, ClientSettings settings)
            throws AuthorizationFailed {
        Optional<Secret> secret = client.source() == Client.Source.CONFIGURED
                ? client.secret().or(settings::clientSecret)
                : client.secret();
        if (secret.isEmpty()) {
            throw new AuthorizationFailed(OAuthFailure.lasting(
                    "oauth.clientSecretMissing",
                    "The client " + Text.excerpt(client.id()) + " needs a secret and has none.",
                    "Set oauth.clientSecret."));
        }
        return new com.nimbusds.oauth2.sdk.auth.Secret(secret.get().value());
    }

    private static PrivateKeyJWT assertion(ClientID id, ClientSettings settings, String issuer)
            throws AuthorizationFailed {
        Secret pem = settings.privateKeyPem()
                .orElseThrow(() -> new AuthorizationFailed(OAuthFailure.lasting(
                        "oauth.privateKeyMissing", "private_key_jwt needs a private key.", "Set oauth.privateKey.")));
        try {
            PrivateKey key = privateKey(pem);
            JWSAlgorithm algorithm =
                    settings.signingAlgorithm().map(JWSAlgorithm::parse).orElseGet(() -> algorithm(key));
            return new PrivateKeyJWT(
                    new JWTAuthenticationClaimsSet(id, new Audience(issuer)), algorithm, key, null, null);
        } catch (GeneralSecurityException | JOSEException | IllegalArgumentException e) {
            throw new AuthorizationFailed(OAuthFailure.lasting(
                    "oauth.privateKeyUnusable",
                    "The private key cannot sign with the configured algorithm.",
                    "Give oauth.privateKey as PKCS#8 PEM (BEGIN PRIVATE KEY) and a fitting oauth.signingAlgorithm."));
        }
    }

    private static JWSAlgorithm algorithm(PrivateKey key) {
        if (key instanceof ECPrivateKey ec) {
            return switch (ec.getParams().getCurve().getField().getFieldSize()) {
                case 384 -> JWSAlgorithm.ES384;
                case 521 -> JWSAlgorithm.ES512;
                default -> JWSAlgorithm.ES256;
            };
        }
        return JWSAlgorithm.RS256;
    }

    private static PrivateKey privateKey(Secret pem) throws GeneralSecurityException {
        String base64 =
                pem.value().replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s+", "");
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
        GeneralSecurityException last = new GeneralSecurityException("no key");
        for (String type : List.of("EC", "RSA")) {
            try {
                return KeyFactory.getInstance(type).generatePrivate(encoded);
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }
}
