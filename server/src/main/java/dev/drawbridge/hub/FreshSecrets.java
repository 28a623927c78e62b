package dev.drawbridge.hub;

import dev.drawbridge.config.FreshValue;
import dev.drawbridge.config.Interpolation;
import dev.drawbridge.config.LookupResult;
import dev.drawbridge.config.ServerEntry;
import dev.drawbridge.oauth.AuthorizationFailed;
import dev.drawbridge.oauth.FreshSecret;
import dev.drawbridge.oauth.OAuthFailure;
import dev.drawbridge.oauth.Secret;
import java.util.Optional;

/** The secrets of an entry's sign-in that others renew, as {@code oauth} asks for them. */
record FreshSecrets(Optional<FreshSecret> assertion, Optional<FreshSecret> idToken) {
    static FreshSecrets of(Interpolation interpolation, ServerEntry entry) {
        return new FreshSecrets(
                interpolation.assertion(entry).map(value -> new Configured("oauth.assertion", value)),
                interpolation.idToken(entry).map(value -> new Configured("oauth.idp.idToken", value)));
    }

    private record Configured(String key, FreshValue value) implements FreshSecret {
        @Override
        public Secret read() throws AuthorizationFailed {
            return switch (value.read()) {
                case LookupResult.Found(String found) -> new Secret(found);
                case LookupResult.Missing() -> throw unreadable(key + " is empty.");
                case LookupResult.Unavailable(String why) -> throw unreadable(key + " cannot be read. " + why);
            };
        }

        @Override
        public String identity() {
            return value.identity();
        }

        private AuthorizationFailed unreadable(String message) {
            return new AuthorizationFailed(OAuthFailure.passing(
                    "oauth.secretUnreadable", message, "Check the file or command that " + key + " names."));
        }
    }
}
