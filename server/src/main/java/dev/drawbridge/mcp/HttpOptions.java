package dev.drawbridge.mcp;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How HTTP to one server is spoken. Connections with equal {@code tls}, {@code proxy}, connect limit and {@code ipv4} share
 * one client and its pooled sockets.
 *
 * @param tls own certificates; empty for the platform's
 * @param proxy an HTTP proxy; empty for none (whoever builds the options reads the environment)
 * @param pingInterval how often a server of the initialize era is pinged; empty for never
 * @param ipv4 whether only IPv4 addresses of the hosts are used (see {@link dev.drawbridge.mcp.http.Ipv4Hosts})
 * @param maxAnswerBytes the longest answer, or event of a stream, that is read
 * @param cookies whether cookies are kept for the connection's life (sticky load balancers need them)
 * @param trace where requests and their ends are written, where they are
 */
public record HttpOptions(
        Optional<Tls> tls,
        Optional<Proxy> proxy,
        Limits limits,
        Optional<Duration> pingInterval,
        boolean ipv4,
        long maxAnswerBytes,
        boolean cookies,
        Optional<Trace> trace) {
    public static final HttpOptions DEFAULT = new HttpOptions(
            Optional.empty(),
            Optional.empty(),
            new Limits(Duration.ofSeconds(10), Optional.empty(), Optional.empty()),
            Optional.empty(),
            false,
            256L << 20,
            true,
            Optional.empty());

    public HttpOptions {
        if (maxAnswerBytes < 1 || maxAnswerBytes > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("an answer is bounded by 1 byte to 2 GiB");
        }
    }

    /**
     * How long the server is waited for.
     *
     * @param connect the longest a TCP and TLS handshake may take
     * @param headers the longest wait for a response's headers; empty for no limit but the request's own
     * @param body the longest silence within a response's body, streams included; empty for no limit
     */
    public record Limits(Duration connect, Optional<Duration> headers, Optional<Duration> body) {}

    public HttpOptions withTls(Optional<Tls> value) {
        return new HttpOptions(value, proxy, limits, pingInterval, ipv4, maxAnswerBytes, cookies, trace);
    }

    public HttpOptions withProxy(Optional<Proxy> value) {
        return new HttpOptions(tls, value, limits, pingInterval, ipv4, maxAnswerBytes, cookies, trace);
    }

    public HttpOptions withLimits(Limits value) {
        return new HttpOptions(tls, proxy, value, pingInterval, ipv4, maxAnswerBytes, cookies, trace);
    }

    public HttpOptions withPingInterval(Optional<Duration> value) {
        return new HttpOptions(tls, proxy, limits, value, ipv4, maxAnswerBytes, cookies, trace);
    }

    public HttpOptions withIpv4(boolean value) {
        return new HttpOptions(tls, proxy, limits, pingInterval, value, maxAnswerBytes, cookies, trace);
    }

    public HttpOptions withMaxAnswerBytes(long value) {
        return new HttpOptions(tls, proxy, limits, pingInterval, ipv4, value, cookies, trace);
    }

    public HttpOptions withCookies(boolean value) {
        return new HttpOptions(tls, proxy, limits, pingInterval, ipv4, maxAnswerBytes, value, trace);
    }

    public HttpOptions withTrace(Trace value) {
        return new HttpOptions(tls, proxy, limits, pingInterval, ipv4, maxAnswerBytes, cookies, Optional.of(value));
    }

    public HttpOptions withConnectTimeout(Duration value) {
        return withLimits(new Limits(value, limits.headers(), limits.body()));
    }

    public HttpOptions withHeadersTimeout(Optional<Duration> value) {
        return withLimits(new Limits(limits.connect(), value, limits.body()));
    }

    public HttpOptions withBodyTimeout(Optional<Duration> value) {
        return withLimits(new Limits(limits.connect(), limits.headers(), value));
    }

    /**
     * Own certificates.
     *
     * @param caFile authorities (PEM) trusted beside the platform's
     * @param certFile this client's certificate chain (PEM), its own first, or a PKCS #12 store with the key
     * @param keyFile the certificate's private key (PEM: PKCS #8 or RSA); empty when it is in {@code certFile}
     * @param keyPassword of the key or the store
     */
    public record Tls(
            Optional<Path> caFile, Optional<Path> certFile, Optional<Path> keyFile, Optional<String> keyPassword) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Tls[caFile=" + caFile + ", certFile=" + certFile + ", keyFile=" + keyFile + "]";
        }
    }

    /**
     * An HTTP proxy, asked with CONNECT for {@code https} servers.
     *
     * @param address {@code http://[user:password@]host:port}
     * @param except host names, {@code .suffixes}, addresses or {@code *} that are reached directly ({@code NO_PROXY})
     */
    public record Proxy(URI address, List<String> except) {
        public Proxy {
            if (address.getHost() == null) {
                throw new IllegalArgumentException("a proxy's address names its host");
            }
            except = List.copyOf(except);
        }

        /** Without the user and the password. */
        @Override
        public String toString() {
            return "Proxy[" + address.getHost() + ":" + address.getPort() + ", except=" + except + "]";
        }
    }
}
