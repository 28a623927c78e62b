package dev.drawbridge.oauth;

import dev.drawbridge.oauth.token.Registration;
import dev.drawbridge.oauth.token.StoreName;
import dev.drawbridge.oauth.token.StoreUnavailable;
import dev.drawbridge.oauth.token.TokenStore;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds the client to use at an authorization server, in the specified order (requirements 13, 14, 21): the configured one,
 * a client ID metadata document, a registration of ours, else the user is asked. Registrations are kept by issuer, so
 * that a server sees one of us and not one per start. Thread-safe.
 */
final class Clients {
    private final TokenStore store;
    private final InstantSource clock;
    private final Optional<URI> publishedDocument;
    private final Map<StoreName, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Set<StoreName> doubtful = ConcurrentHashMap.newKeySet();

    Clients(TokenStore store, InstantSource clock, Optional<URI> publishedDocument) {
        this.store = store;
        this.clock = clock;
        this.publishedDocument = publishedDocument;
    }

    /** @param fresh registered just now, so that the server cannot have forgotten it */
    record Selected(Client client, boolean fresh) {}

    /** Whether the client is one we register, and with it a redirect URI of our choice. */
    boolean registers(Target target, AuthorizationServerMetadata server) throws AuthorizationFailed {
        return target.client().clientId().isEmpty()
                && target.client().redirectUri().isEmpty()
                && ClientMetadataDocument.select(target.client(), publishedDocument, server)
                        .isEmpty();
    }

    Selected select(
            Target target,
            AuthorizationServerMetadata server,
            RedirectAddress redirect,
            DynamicRegistration registration)
            throws AuthorizationFailed, StoreUnavailable {
        Optional<Client> configured = configured(target, server);
        if (configured.isPresent()) {
            return new Selected(configured.get(), false);
        }
        Optional<Client> document = ClientMetadataDocument.select(target.client(), publishedDocument, server);
        if (document.isPresent()) {
            return new Selected(document.get(), false);
        }
        if (server.registrationEndpoint().isEmpty()) {
            throw new AuthorizationFailed(OAuthFailure.lasting(
                    "oauth.clientIdNeeded",
                    "The authorization server " + Text.excerpt(server.issuer())
                            + " knows no way to register a client automatically.",
                    "Register a client there with the redirect URI " + redirect.uri() + " and set oauth.clientId."));
        }
        return registered(target, server, redirect, registration);
    }

    /** The client of the configuration, whose secret or key goes to one issuer only. */
    Optional<Client> configured(Target target, AuthorizationServerMetadata server)
            throws AuthorizationFailed, StoreUnavailable {
        ClientSettings settings = target.client();
        // An assertion shows who asks as a secret does, and goes to no other issuer either.
        boolean asserted =
                settings.grant() instanceof Grant.JwtBearer || settings.grant() instanceof Grant.EnterpriseManaged;
        if (asserted
                || settings.clientId().isPresent()
                        && (settings.clientSecret().isPresent()
                                || settings.privateKeyPem().isPresent())) {
            pin(target, settings.clientId().orElse(""), server.issuer());
        }
        if (settings.clientId().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Client(
                settings.clientId().get(),
                Client.Source.CONFIGURED,
                ClientAuthenticator.method(settings, server),
                Optional.empty(),
                Optional.empty()));
    }

    /** This machine's redirect URI we are registered with at the issuer; its port is tried first. */
    Optional<URI> registeredRedirect(Target target, String issuer) throws StoreUnavailable {
        return registration(name(target, issuer, false)).map(Registration::redirectUri);
    }

    /** The server said that it does not know this client. */
    void forget(Target target, String issuer, Client client) throws StoreUnavailable {
        for (boolean external : new boolean[] {false, true}) {
            StoreName name = name(target, issuer, external);
            Optional<Registration> kept = registration(name);
            if (kept.isPresent() && kept.get().client().id().equals(client.id())) {
                store.delete(name.value());
            }
        }
    }

    /**
     * A browser was sent off with this client and never came back. Perhaps the server forgot the client and said so on a page
     * of its own, which nobody tells us of: the next sign-in registers anew.
     */
    void doubt(Target target, String issuer, Client client, RedirectAddress redirect) {
        if (client.source() == Client.Source.REGISTERED) {
            doubtful.add(name(target, issuer, redirect.external()));
        }
    }

    private Selected registered(
            Target target,
            AuthorizationServerMetadata server,
            RedirectAddress redirect,
            DynamicRegistration registration)
            throws AuthorizationFailed, StoreUnavailable {
        URI redirectUri = redirect.uri();
        StoreName name = name(target, server.issuer(), redirect.external());
        ReentrantLock lock = locks.computeIfAbsent(name, key -> new ReentrantLock());
        lock.lock();
        try {
            Optional<Registration> kept = registration(name);
            if (kept.isPresent() && isGood(kept.get(), redirectUri) && !doubtful.contains(name)) {
                return new Selected(kept.get().client(), false);
            }
            Client client = registration.register(
                    server, server.registrationEndpoint().orElseThrow(), redirectUri, target.client());
            store.put(name.value(), new Registration(server.issuer(), redirectUri, client).toJson());
            doubtful.remove(name);
            return new Selected(client, true);
        } finally {
            lock.unlock();
        }
    }

    private boolean isGood(Registration kept, URI redirectUri) {
        return kept.redirectUri().equals(redirectUri)
                && kept.client()
                        .secretExpiresAt()
                        .filter(end -> end.isBefore(clock.instant()))
                        .isEmpty();
    }

    private Optional<Registration> registration(StoreName name) throws StoreUnavailable {
        return store.get(name.value()).flatMap(Registration::parse);
    }

    private void pin(Target target, String clientId, String issuer) throws AuthorizationFailed, StoreUnavailable {
        // The user said where the secret goes.
        if (target.client().issuer().isPresent()
                || target.client().tokenEndpoint().isPresent()) {
            return;
        }
        StoreName name = StoreName.issuerPin(target.server(), clientId);
        Optional<Secret> pinned = store.get(name.value());
        if (pinned.isEmpty()) {
            store.put(name.value(), new Secret(issuer));
        } else if (!pinned.get().value().equals(issuer)) {
            throw new AuthorizationFailed(OAuthFailure.lasting(
                    "oauth.secretBoundElsewhere",
                    "The configured client belongs to "
                            + Text.excerpt(pinned.get().value()) + ", but the server now names " + Text.excerpt(issuer)
                            + "; its secret was not sent.",
                    "If that is right, set oauth.issuer to the new issuer."));
        }
    }

    /**
     * Sign-ins by way of an editor's address have a registration of their own, so that they do not replace the usual one, and
     * so has a client whose metadata is configured.
     */
    private static StoreName name(Target target, String issuer, boolean external) {
        ClientSettings settings = target.client();
        String redirect = external
                ? "external"
                : settings.redirectUri()
                        .map(URI::toString)
                        .or(() -> settings.callbackPort().map(port -> "port " + port))
                        .orElse("");
        return StoreName.registration(
                issuer,
                settings.clientMetadata().isEmpty()
                        ? redirect
                        : redirect + " " + new TreeMap<>(settings.clientMetadata()));
    }
}
