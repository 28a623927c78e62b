package dev.drawbridge.hub;

import dev.drawbridge.config.OAuthSettings;
import dev.drawbridge.config.ResolvedServer;
import dev.drawbridge.oauth.BrowserReturn;
import dev.drawbridge.oauth.ClientSettings;
import dev.drawbridge.oauth.DpopMode;
import dev.drawbridge.oauth.Grant;
import dev.drawbridge.oauth.IdentityProvider;
import dev.drawbridge.oauth.ResourceSetting;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.Target;
import dev.drawbridge.oauth.TokenEndpointAuthMethod;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;

/** What OAuth is asked for on behalf of a server; nothing for local programs and servers with their own credential. */
final class Targets {
    private Targets() {}

    static Outcome<Optional<Target>> of(ResolvedServer server, FreshSecrets fresh) {
        return switch (server) {
            case ResolvedServer.Stdio _ -> Outcome.success(Optional.empty());
            case ResolvedServer.Http http ->
                http.hasStaticAuthorization() || !http.oauth().enabled()
                        ? Outcome.success(Optional.empty())
                        : target(http.url(), http.oauth(), fresh);
        };
    }

    private static Outcome<Optional<Target>> target(URI url, OAuthSettings oauth, FreshSecrets fresh) {
        try {
            return Outcome.success(Optional.of(new Target(url, oauth.account(), settings(oauth, fresh))));
        } catch (IllegalArgumentException e) {
            return Outcome.failed(new Failure(
                    "config.oauth",
                    "The oauth settings cannot be used: " + e.getMessage(),
                    "Correct the oauth object of the server in mcp.json."));
        } catch (IOException e) {
            return Outcome.failed(new Failure(
                    "config.privateKey",
                    "The private key cannot be read: " + e.getMessage(),
                    "Check the path after @ in privateKey, and that the file is yours."));
        }
    }

    private static ClientSettings settings(OAuthSettings oauth, FreshSecrets fresh) throws IOException {
        return new ClientSettings(
                oauth.clientId(),
                oauth.clientSecret().map(Secret::new),
                oauth.clientMetadataUrl().map(text -> uri("clientMetadataUrl", text)),
                oauth.tokenEndpointAuthMethod().map(Targets::authMethod),
                oauth.privateKey().isPresent()
                        ? Optional.of(new Secret(pem(oauth.privateKey().get())))
                        : Optional.empty(),
                oauth.signingAlgorithm(),
                oauth.scopes().map(LinkedHashSet::new),
                oauth.redirectUri().map(text -> uri("redirectUri", text)),
                oauth.callbackPort(),
                oauth.authorizeParams(),
                resource(oauth),
                oauth.issuer(),
                grant(oauth, fresh),
                oauth.tokenEndpoint().map(text -> uri("tokenEndpoint", text)),
                oauth.useIdToken(),
                oauth.clientMetadata(),
                new BrowserReturn(
                        oauth.browserReturn().successUrl().map(text -> uri("successUrl", text)),
                        oauth.browserReturn().exchangeTimeout()),
                oauth.dpop().map(Targets::dpop).orElse(DpopMode.AUTOMATIC));
    }

    /** Its text stays out of the message, for variables may have put a secret in it. */
    private static URI uri(String key, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(key + " is no URL", e);
        }
    }

    private static ResourceSetting resource(OAuthSettings oauth) {
        if (oauth.resourceOmitted()) {
            return new ResourceSetting.Omitted();
        }
        return oauth.resource()
                .<ResourceSetting>map(text -> new ResourceSetting.Fixed(uri("resource", text)))
                .orElseGet(ResourceSetting.Automatic::new);
    }

    private static TokenEndpointAuthMethod authMethod(String name) {
        return TokenEndpointAuthMethod.of(name)
                .orElseThrow(() -> new IllegalArgumentException("tokenEndpointAuthMethod " + name + " is not known"));
    }

    private static Grant grant(OAuthSettings oauth, FreshSecrets fresh) {
        String name = oauth.grant().orElse("authorization_code");
        return switch (name) {
            case "authorization_code" -> Grant.AUTHORIZATION_CODE;
            case "device_code" -> Grant.DEVICE_CODE;
            case "client_credentials" -> Grant.CLIENT_CREDENTIALS;
            case "jwt_bearer" -> new Grant.JwtBearer(needed(fresh.assertion(), "assertion"));
            case "enterprise_managed" -> new Grant.EnterpriseManaged(idp(oauth, fresh));
            default -> throw new IllegalArgumentException("there is no grant " + name);
        };
    }

    private static DpopMode dpop(String mode) {
        return switch (mode) {
            case "true" -> DpopMode.REQUIRED;
            case "false" -> DpopMode.OFF;
            case "auto" -> DpopMode.AUTOMATIC;
            default -> throw new IllegalArgumentException("dpop is true, false or auto");
        };
    }

    private static IdentityProvider idp(OAuthSettings oauth, FreshSecrets fresh) {
        OAuthSettings.IdentityProvider idp = needed(oauth.idp(), "idp");
        return new IdentityProvider(
                idp.issuer(),
                idp.tokenEndpoint().map(text -> uri("idp.tokenEndpoint", text)),
                idp.clientId(),
                idp.clientSecret().map(Secret::new),
                needed(fresh.idToken(), "idp.idToken"));
    }

    private static <T> T needed(Optional<T> value, String key) {
        return value.orElseThrow(() -> new IllegalArgumentException("this grant needs " + key));
    }

    private static String pem(String textOrFile) throws IOException {
        return textOrFile.startsWith("@") ? Files.readString(Path.of(textOrFile.substring(1))) : textOrFile;
    }
}
