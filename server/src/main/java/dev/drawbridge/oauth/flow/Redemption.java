package dev.drawbridge.oauth.flow;

import dev.drawbridge.oauth.AuthorizationFailed;
import dev.drawbridge.oauth.CredentialView;
import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreUnavailable;

/** Turns an authorization code into stored tokens. */
@FunctionalInterface
public interface Redemption {
    /** When this returns, the tokens are stored. */
    CredentialView.Present redeem(Secret code) throws AuthorizationFailed, StoreUnavailable;
}
