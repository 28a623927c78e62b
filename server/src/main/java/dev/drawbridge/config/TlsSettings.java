package dev.drawbridge.config;

import java.util.Optional;

/**
 * Trust and identity for one server's TLS connections; a CA named here is trusted for this server alone.
 *
 * @param caFile certificates (PEM) trusted besides the platform's
 * @param certFile the client certificate chain (PEM), or a PKCS #12 store with its key
 * @param keyFile the client certificate's key (PEM)
 * @param keyPassword of the key or the store
 */
public record TlsSettings(
        Optional<String> caFile, Optional<String> certFile, Optional<String> keyFile, Optional<String> keyPassword) {
    public static final TlsSettings DEFAULTS =
            new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @Override
    public String toString() {
        return "TlsSettings[caFile=" + caFile + ", certFile=" + certFile + ", keyFile=" + keyFile + "]";
    }
}
