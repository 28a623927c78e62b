package dev.drawbridge.oauth;

import java.net.URI;
import java.util.Optional;

/**
 * Who vouches for a company's people in enterprise-managed authorization.
 *
 * @param issuer whose metadata names the token endpoint
 * @param tokenEndpoint where it cannot be discovered
 * @param clientId this client as the identity provider knows it, which is not how the authorization server knows it
 * @param idToken proves that the person has signed in at the identity provider
 */
public record IdentityProvider(
        Optional<String> issuer,
        Optional<URI> tokenEndpoint,
        Optional<String> clientId,
        Optional<Secret> clientSecret,
        FreshSecret idToken) {}
