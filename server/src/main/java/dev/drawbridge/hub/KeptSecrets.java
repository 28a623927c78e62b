package dev.drawbridge.hub;

import dev.drawbridge.config.LookupResult;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreUnavailable;
import dev.drawbridge.oauth.token.TokenStore;
import java.util.Optional;

/** The values users keep for {@code ${keyring:…}} and {@code ${input:…}}, beside the sign-ins in the token store. */
final class KeptSecrets {
    private final TokenStore store;

    KeptSecrets(TokenStore store) {
        this.store = store;
    }

    LookupResult find(SecretName name) {
        try {
            return store.get(name.storeName())
                    .<LookupResult>map(secret -> new LookupResult.Found(secret.value()))
                    .orElseGet(LookupResult.Missing::new);
        } catch (StoreUnavailable e) {
            return new LookupResult.Unavailable(
                    e.failure().message() + " " + e.failure().action());
        }
    }

    Outcome<Outcome.Done> keep(SecretName name, Optional<Secret> value) {
        try {
            if (value.isPresent()) {
                store.put(name.storeName(), value.get());
            } else {
                store.delete(name.storeName());
            }
            return Outcome.done();
        } catch (StoreUnavailable e) {
            return Outcome.failed(Remedies.of(e.failure()));
        }
    }
}
