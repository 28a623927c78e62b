package dev.drawbridge.lsp;

import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.LogEntry;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.SessionListener.AuthResult;
import dev.drawbridge.hub.SignInFlow;
import dev.drawbridge.protocol.LogLevel;
import java.util.Set;

/** The smaller values of {@code mcp/*}, made from the hub's. */
final class WireValues {
    private WireValues() {}

    static dev.drawbridge.protocol.SignInFlow flow(SignInFlow flow) {
        return new dev.drawbridge.protocol.SignInFlow(
                flow.id().value(), flow.server().value(), flow.authorizationUrl(), flow.expiresAt(), flow.userCode());
    }

    static dev.drawbridge.protocol.Failure failure(Failure failure) {
        return new dev.drawbridge.protocol.Failure(failure.code(), failure.message(), failure.action(), failure.url());
    }

    static dev.drawbridge.protocol.AuthResult authResult(AuthResult result) {
        return switch (result) {
            case AuthResult.Succeeded(var authentication) ->
                new dev.drawbridge.protocol.AuthResult.Succeeded(WireServer.authentication(authentication));
            case AuthResult.Failed(var failure) -> new dev.drawbridge.protocol.AuthResult.Failed(failure(failure));
            case AuthResult.Cancelled() -> new dev.drawbridge.protocol.AuthResult.Cancelled();
        };
    }

    static java.util.List<dev.drawbridge.protocol.CatalogKind> kinds(Set<CatalogKind> kinds) {
        return kinds.stream().sorted().map(WireValues::kind).toList();
    }

    private static dev.drawbridge.protocol.CatalogKind kind(CatalogKind kind) {
        return switch (kind) {
            case TOOLS -> dev.drawbridge.protocol.CatalogKind.TOOLS;
            case RESOURCES -> dev.drawbridge.protocol.CatalogKind.RESOURCES;
            case RESOURCE_TEMPLATES -> dev.drawbridge.protocol.CatalogKind.RESOURCE_TEMPLATES;
            case PROMPTS -> dev.drawbridge.protocol.CatalogKind.PROMPTS;
        };
    }

    static dev.drawbridge.protocol.LogEntry entry(LogEntry entry) {
        return new dev.drawbridge.protocol.LogEntry(
                entry.time(),
                entry.server().map(ServerName::value),
                // A server's own spelling of a level may be anything.
                LogLevel.of(entry.level()).orElse(LogLevel.INFO),
                entry.message());
    }
}
