package dev.drawbridge.daemon;

import dev.drawbridge.oauth.OAuthFailure;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreUnavailable;
import dev.drawbridge.oauth.token.TokenStore;
import java.util.Optional;
import java.util.Set;

/** Stands where no token store could be chosen, and says why to everybody who asks. */
record MissingTokenStore(OAuthFailure failure) implements TokenStore {
    @Override
    public Optional<Secret> get(String name) throws StoreUnavailable {
        throw new StoreUnavailable(failure);
    }

    @Override
    public void put(String name, Secret value) throws StoreUnavailable {
        throw new StoreUnavailable(failure);
    }

    @Override
    public void delete(String name) throws StoreUnavailable {
        throw new StoreUnavailable(failure);
    }

    @Override
    public Set<String> names() throws StoreUnavailable {
        throw new StoreUnavailable(failure);
    }
}
