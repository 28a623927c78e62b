package dev.drawbridge.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces the variables of definitions for one session, with that session's environment and folder. Nothing is
 * remembered: resolving again runs commands again and asks the keyring again, which is how a rejected header is renewed.
 * What a variable stands for is never looked through for variables itself.
 *
 * <p>Resolving blocks, as long as commands and the keyring take; and it runs commands of the file, so a definition from a
 * workspace must be approved first.
 */
public final class Interpolation {
    private final Surroundings surroundings;

    public Interpolation(
            Map<String, String> environment,
            Optional<Path> workspaceFolder,
            Path userHome,
            SecretLookup keyring,
            InputLookup inputs,
            CommandRunner commands) {
        this(environment, workspaceFolder, userHome, keyring, inputs, commands, OperatingSystem.current());
    }

    Interpolation(
            Map<String, String> environment,
            Optional<Path> workspaceFolder,
            Path userHome,
            SecretLookup keyring,
            InputLookup inputs,
            CommandRunner commands,
            OperatingSystem os) {
        this.surroundings = new Surroundings(environment, workspaceFolder, userHome, keyring, inputs, commands, os);
    }

    /** The assertion of an entry's {@code jwt_bearer} grant, to be looked up whenever a token is needed. */
    public Optional<FreshValue> assertion(ServerEntry entry) {
        return oauth(entry)
                .flatMap(OAuthSettings::assertion)
                .map(text -> new FreshValue(entry, surroundings, OAuthResolution.ASSERTION, text));
    }

    /** The ID token of an entry's {@code enterprise_managed} grant, to be looked up whenever a token is needed. */
    public Optional<FreshValue> idToken(ServerEntry entry) {
        return oauth(entry)
                .flatMap(OAuthSettings::idp)
                .flatMap(OAuthSettings.IdentityProvider::idToken)
                .map(text -> new FreshValue(entry, surroundings, OAuthResolution.ID_TOKEN, text));
    }

    private static Optional<OAuthSettings> oauth(ServerEntry entry) {
        return switch (entry.definition()) {
            case HttpDefinition http -> Optional.of(http.oauth());
            case StdioDefinition _ -> Optional.empty();
        };
    }

    /** Never throws: what is missing or wrong comes back as problems with places. */
    public Resolved resolve(ServerEntry entry) {
        Expansion expansion = new Expansion(entry, surroundings);
        return switch (entry.definition()) {
            case HttpDefinition http -> new HttpResolution(http, expansion, surroundings).resolve();
            case StdioDefinition stdio -> new StdioResolution(stdio, expansion, surroundings).resolve();
        };
    }
}
