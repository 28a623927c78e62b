package dev.drawbridge.oauth;

import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import dev.drawbridge.oauth.flow.CallbackServer;
import dev.drawbridge.oauth.flow.FlowId;
import dev.drawbridge.oauth.flow.FlowPlan;
import dev.drawbridge.oauth.flow.Flows;
import dev.drawbridge.oauth.token.Credential;
import dev.drawbridge.oauth.token.Credentials;
import dev.drawbridge.oauth.token.StoreName;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Begins sign-ins: discovery, the callback listener, the client, and only then the address for the browser. One at a time
 * for each credential; whoever asks while one runs joins it. Thread-safe.
 */
final class SignIns {
    private final AuthorizationEnvironment environment;
    private final Function<Target, BoundedHttp> http;
    private final Dpop dpop;
    private final Tokens tokens;
    private final Credentials credentials;
    private final Clients clients;
    private final Flows flows;
    private final CallbackServer callbacks;
    private final Map<StoreName, ReentrantLock> beginning = new ConcurrentHashMap<>();

    SignIns(
            AuthorizationEnvironment environment,
            Function<Target, BoundedHttp> http,
            Dpop dpop,
            Tokens tokens,
            Credentials credentials,
            Clients clients,
            Flows flows,
            CallbackServer callbacks) {
        this.environment = environment;
        this.http = http;
        this.dpop = dpop;
        this.tokens = tokens;
        this.credentials = credentials;
        this.clients = clients;
        this.flows = flows;
        this.callbacks = callbacks;
    }

    /** What the steps of a sign-in hand on. */
    private record Preparation(
            Target target,
            AuthorizationServerMetadata server,
            Optional<String> resource,
            Set<String> scopes,
            Optional<DpopKey> key,
            BoundedHttp exchange) {}

    BeginOutcome begin(Target target, List<Challenge> latest, Method wanted, UnaryOperator<URI> elsewhere) {
        StoreName name = Tokens.name(target);
        Method method = target.client().grant() instanceof Grant.DeviceCode ? Method.DEVICE_CODE : wanted;
        ReentrantLock lock = beginning.computeIfAbsent(name, key -> new ReentrantLock());
        try {
            if (!lock.tryLock(environment.limits().exchange().toMillis() * 8, TimeUnit.MILLISECONDS)) {
                return new BeginOutcome.Failed(OAuthFailure.passing(
                        "oauth.timeout", "A sign-in for the same account takes too long to begin.", "Try again."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new BeginOutcome.Failed(
                    OAuthFailure.passing("oauth.interrupted", "The sign-in was called off.", "Try again."));
        }
        try {
            Optional<FlowPlan> running = flows.running(name);
            if (running.isPresent() && running.get().method() == method) {
                return new BeginOutcome.Begun(running.get().view());
            }
            // Asked for in another way now: two flows for one credential would race.
            running.ifPresent(plan -> flows.cancel(plan.view().id()));
            return new BeginOutcome.Begun(
                    switch (method) {
                        case BROWSER -> browser(prepare(target, latest), elsewhere);
                        case DEVICE_CODE -> device(prepare(target, latest));
                    });
        } catch (AuthorizationFailed e) {
            return new BeginOutcome.Failed(e.failure());
        } catch (StoreUnavailable e) {
            return new BeginOutcome.Failed(e.failure());
        } finally {
            lock.unlock();
        }
    }

    private Preparation prepare(Target target, List<Challenge> latest) throws AuthorizationFailed, StoreUnavailable {
        if (target.client().grant() instanceof Grant.Unattended) {
            throw new AuthorizationFailed(OAuthFailure.lasting(
                    "oauth.noSignIn",
                    "This server is used without a person (oauth.grant); nobody can sign in.",
                    "Remove oauth.grant from the configuration to sign in as a person."));
        }
        BoundedHttp exchange = http.apply(target);
        Optional<Credential> previous = tokens.stored(target);
        Discovery.Found found = new Discovery(exchange, environment.discoveryHeaders())
                .discover(target, latest, previous.map(Credential::issuer));
        AuthorizationServerMetadata server = found.server();
        Set<String> before = previous.filter(credential -> credential.issuer().equals(server.issuer()))
                .map(Credential::allScopes)
                .orElse(Set.of());
        Set<String> selected = ScopeSelection.select(
                target.client().scopes(),
                latest,
                found.resource().flatMap(ProtectedResourceMetadata::scopes),
                before,
                server.scopes());
        Set<String> scopes = IdTokenAsBearer.scopes(selected, target.client(), server.scopes());
        Optional<DpopKey> key = dpop.key(target.client().dpop(), latest, found, previous.flatMap(Credential::dpopKey));
        return new Preparation(
                target, server, ResourceIndicator.select(target, found.resource()), scopes, key, exchange);
    }

    private FlowView browser(Preparation prepared, UnaryOperator<URI> elsewhere)
            throws AuthorizationFailed, StoreUnavailable {
        AuthorizationServerMetadata server = prepared.server();
        Target target = prepared.target();
        Pkce.requireSupport(server);
        URI endpoint = server.authorizationEndpoint()
                .orElseThrow(() -> new AuthorizationFailed(OAuthFailure.lasting(
                        "oauth.metadataInvalid",
                        "The authorization server " + Text.excerpt(server.issuer()) + " offers no sign-in page.",
                        "Try a device code, or oauth.grant client_credentials.")));
        RedirectAddress listening = RedirectAddress.open(
                target.client(),
                environment.callback(),
                callbacks,
                clients.registeredRedirect(target, server.issuer()));
        try {
            // What the authorization server was told of beforehand stays as it is.
            RedirectAddress redirect = clients.registers(target, server) ? listening.seenFrom(elsewhere) : listening;
            Clients.Selected selected = clients.select(
                    target,
                    server,
                    redirect,
                    new DynamicRegistration(prepared.exchange(), environment.clientName(), prepared.scopes()));
            Client client = selected.client();
            BoundedHttp exchange = target.client()
                    .browserReturn()
                    .exchange()
                    .map(prepared.exchange()::within)
                    .orElse(prepared.exchange());
            TokenEndpoint tokenEndpoint = tokenEndpoint(prepared, client, exchange);
            Pkce pkce = Pkce.create(environment.random());
            Secret state = Pkce.randomText(environment.random());
            URI url = AuthorizationUrl.build(
                    endpoint,
                    client,
                    redirect.uri(),
                    state,
                    pkce,
                    prepared.scopes(),
                    prepared.resource(),
                    prepared.key(),
                    target);
            FlowView view = view(target, url, environment.limits().flow(), Optional.empty());
            flows.start(new FlowPlan(
                    view,
                    Tokens.name(target),
                    Method.BROWSER,
                    Optional.of(state),
                    new IssuerIdentification(server.issuer(), server.issSupported()),
                    code -> store(prepared, client, tokenEndpoint.redeem(code, redirect.uri(), pkce.verifier())),
                    end -> {
                        listening.close();
                        if (!selected.fresh() && isDoubtful(end)) {
                            clients.doubt(target, server.issuer(), client, redirect);
                        }
                    }));
            return view;
        } catch (AuthorizationFailed | StoreUnavailable | RuntimeException e) {
            listening.close();
            throw e;
        }
    }

    /** Whether the authorization server may have refused the client on a page of its own, or said so. */
    private static boolean isDoubtful(FlowEnd end) {
        return switch (end) {
            case FlowEnd.Succeeded succeeded -> false;
            case FlowEnd.Cancelled cancelled -> true;
            case FlowEnd.Failed(OAuthFailure failure) ->
                failure.code().equals("oauth.flowExpired") || failure.code().equals("oauth.authorizationRefused");
        };
    }

    private FlowView device(Preparation prepared) throws AuthorizationFailed, StoreUnavailable {
        AuthorizationServerMetadata server = prepared.server();
        Target target = prepared.target();
        URI endpoint = server.deviceAuthorizationEndpoint()
                .orElseThrow(() -> new AuthorizationFailed(OAuthFailure.lasting(
                        "oauth.deviceCodeUnsupported",
                        "The authorization server " + Text.excerpt(server.issuer()) + " offers no device codes.",
                        "Sign in with the browser, and paste the address it ends at if it cannot reach"
                                + " this machine.")));
        RedirectAddress redirect = RedirectAddress.nominal(
                target.client(), environment.callback(), clients.registeredRedirect(target, server.issuer()));
        Client client = clients.select(
                        target,
                        server,
                        redirect,
                        new DynamicRegistration(prepared.exchange(), environment.clientName(), prepared.scopes()))
                .client();
        DeviceAuthorization authorization = DeviceAuthorization.request(
                prepared.exchange(),
                endpoint,
                client,
                authentication(prepared, client),
                prepared.scopes(),
                prepared.resource());
        Duration longest = environment.limits().flow();
        Duration life = authorization.lifetime().compareTo(longest) < 0 ? authorization.lifetime() : longest;
        FlowView view = view(target, authorization.page(), life, Optional.of(authorization.userCode()));
        flows.start(new FlowPlan(
                view,
                Tokens.name(target),
                Method.DEVICE_CODE,
                Optional.empty(),
                new IssuerIdentification(server.issuer(), server.issSupported()),
                code -> {
                    throw new IllegalStateException("A device flow has no authorization code");
                },
                end -> {}));
        TokenEndpoint tokenEndpoint = tokenEndpoint(prepared, client, prepared.exchange());
        new DevicePolling(
                        flows,
                        environment.scheduler(),
                        tokenEndpoint,
                        authorization,
                        view.id(),
                        reply -> store(prepared, client, reply))
                .begin();
        return view;
    }

    /** Stores what the token endpoint gave; the sign-in has succeeded only then. */
    private CredentialView.Present store(Preparation prepared, Client client, TokenEndpoint.Reply reply)
            throws AuthorizationFailed, StoreUnavailable {
        Target target = prepared.target();
        AuthorizationServerMetadata server = prepared.server();
        return switch (reply) {
            case TokenEndpoint.Reply.Granted(TokenGrant grant) -> {
                Credential credential = NewCredential.of(
                        target,
                        server,
                        client,
                        prepared.resource(),
                        prepared.scopes(),
                        grant,
                        prepared.key(),
                        environment.clock().instant());
                Optional<CredentialView.Present> stored = tokens.exclusively(target, () -> {
                    credentials.save(Tokens.name(target), credential);
                    return present(credential);
                });
                yield stored.orElseThrow(() -> new AuthorizationFailed(OAuthFailure.passing(
                        "oauth.timeout", "Storing the tokens had to wait too long.", "Sign in again.")));
            }
            case TokenEndpoint.Reply.Refused(String error, String description) -> {
                boolean forgotten = error.equals("invalid_client") && client.source() == Client.Source.REGISTERED;
                if (forgotten) {
                    clients.forget(target, server.issuer(), client);
                }
                throw new AuthorizationFailed(OAuthFailure.lasting(
                                forgotten ? "oauth.clientForgotten" : "oauth.exchangeFailed",
                                "The authorization server gave no tokens: " + error
                                        + (description.isEmpty() ? "." : " (" + description + ")."),
                                forgotten
                                        ? "Sign in again: Drawbridge registers itself anew."
                                        : "Sign in again; if it happens again, tell the server's operator.")
                        .at(Origin.shown(server.tokenEndpoint())));
            }
        };
    }

    static CredentialView.Present present(Credential credential) {
        return new CredentialView.Present(
                credential.issuer(), credential.account(), credential.scopes(), credential.expiresAt());
    }

    private TokenEndpoint tokenEndpoint(Preparation prepared, Client client, BoundedHttp exchange) {
        return new TokenEndpoint(
                exchange,
                prepared.server().tokenEndpoint(),
                client,
                prepared.target().client(),
                prepared.server().issuer(),
                prepared.resource(),
                dpop.prover(prepared.key()));
    }

    private static Optional<ClientAuthentication> authentication(Preparation prepared, Client client)
            throws AuthorizationFailed {
        return ClientAuthenticator.authentication(
                client, prepared.target().client(), prepared.server().issuer());
    }

    private FlowView view(Target target, URI url, Duration life, Optional<String> userCode) {
        Instant end = environment.clock().instant().plus(life);
        FlowId id = new FlowId(Pkce.randomText(environment.random()).value().substring(0, 22));
        return new FlowView(id, target, url, end, userCode);
    }
}
