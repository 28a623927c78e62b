package dev.drawbridge.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server ready to be connected to, for one session: every variable has its value, every path is absolute. */
public sealed interface ResolvedServer {
    CommonSettings common();

    /**
     * Servers with equal fingerprints may share one connection: a SHA-256 over all that decides what is connected to and
     * as whom. A command stands in it by its text and surroundings, not by its output, which may differ each time.
     */
    String fingerprint();

    /**
     * Servers with equal identities are the same server for the same user, also tomorrow: what was learnt of the one holds
     * of the other. A SHA-256 like {@link #fingerprint}, without what a new login of the desktop may change.
     */
    String identity();

    /**
     * A remote server.
     *
     * @param hasStaticAuthorization an {@code Authorization} header is configured, so OAuth is not tried
     * @param proxy the configured HTTP proxy, else the environment's for this URL
     */
    record Http(
            URI url,
            Map<String, String> headers,
            boolean hasStaticAuthorization,
            OAuthSettings oauth,
            TlsSettings tls,
            Optional<URI> proxy,
            ConnectionSettings connection,
            CommonSettings common,
            String fingerprint)
            implements ResolvedServer {
        public Http {
            headers = Ordered.copy(headers);
        }

        @Override
        public String identity() {
            return fingerprint;
        }

        @Override
        public String toString() {
            return "Http[" + url.getScheme() + "://" + url.getHost() + ", headers=" + headers.keySet() + ", " + oauth
                    + "]";
        }
    }

    /**
     * A child process.
     *
     * @param command the program and its arguments
     * @param env the child's whole environment: the session's, then the file named by {@code envFile}, then {@code env}
     */
    record Stdio(
            List<String> command,
            Map<String, String> env,
            Path directory,
            CommonSettings common,
            String fingerprint,
            String identity)
            implements ResolvedServer {
        public Stdio {
            command = List.copyOf(command);
            env = Ordered.copy(env);
        }

        @Override
        public String toString() {
            return "Stdio[" + command.getFirst() + ", " + (command.size() - 1) + " arguments, " + env.size()
                    + " variables, " + directory + "]";
        }
    }
}
