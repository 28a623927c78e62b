// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.Objects;
import java.util.Optional;

/**
 * What an editor's client can do. It stands under {@code capabilities.experimental.mcp} of {@code initialize}.
 * What is not declared falls back to standard LSP.
 *
 * @param version The version of this protocol the client was written for, such as {@code 1.0}.
 * @param authRequired The client shows an Authenticate button on {@code mcp/authRequired}.
 * @param authCompleted The client tells the person how a sign-in ended on {@code mcp/authCompleted}.
 * @param statusChanged The client shows the state of servers from {@code mcp/statusChanged}.
 * @param catalogChanged The client reads a list again on {@code mcp/catalogChanged}.
 * @param progress The client shows the progress of its own calls from {@code mcp/progress}.
 * @param log The client shows {@code mcp/log} lines.
 * @param serverNotification The client wants the other notifications of servers as {@code mcp/serverNotification}.
 * @param elicit The client asks the person on {@code mcp/elicit}, in the modes it names.
 * @param sample The client answers {@code mcp/sample} with a language model's message.
 * @param externalUri The client answers {@code mcp/externalUri}: it knows a way from its browser to this machine.
 */
public record McpClientCapabilities(
        String version,
        Optional<Boolean> authRequired,
        Optional<Boolean> authCompleted,
        Optional<Boolean> statusChanged,
        Optional<Boolean> catalogChanged,
        Optional<Boolean> progress,
        Optional<Boolean> log,
        Optional<Boolean> serverNotification,
        Optional<ElicitCapability> elicit,
        Optional<Boolean> sample,
        Optional<Boolean> externalUri) {
    public McpClientCapabilities {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(authRequired, "authRequired");
        Objects.requireNonNull(authCompleted, "authCompleted");
        Objects.requireNonNull(statusChanged, "statusChanged");
        Objects.requireNonNull(catalogChanged, "catalogChanged");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(serverNotification, "serverNotification");
        Objects.requireNonNull(elicit, "elicit");
        Objects.requireNonNull(sample, "sample");
        Objects.requireNonNull(externalUri, "externalUri");
    }
}
