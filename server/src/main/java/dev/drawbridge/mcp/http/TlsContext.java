package dev.drawbridge.mcp.http;

import dev.drawbridge.mcp.HttpOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A TLS context from configured certificates: own authorities are trusted beside the platform's. */
final class TlsContext {
    private TlsContext() {}

    static SSLContext of(HttpOptions.Tls tls) throws BadTls {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(tls), trustManagers(tls.caFile()), null);
            return context;
        } catch (IOException e) {
            throw new BadTls("A certificate file cannot be read: " + e.getMessage() + ".", e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new BadTls("A certificate or key cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private static TrustManager[] trustManagers(Optional<Path> caFile) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        for (X509Certificate authority : platformAuthorities()) {
            store.setCertificateEntry("platform-" + store.size(), authority);
        }
        if (caFile.isPresent()) {
            for (Certificate authority : Pem.certificates(caFile.get())) {
                store.setCertificateEntry("own-" + store.size(), authority);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static List<X509Certificate> platformAuthorities() throws GeneralSecurityException {
        TrustManagerFactory platform = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        platform.init((KeyStore) null);
        List<X509Certificate> authorities = new ArrayList<>();
        for (TrustManager manager : platform.getTrustManagers()) {
            if (manager instanceof X509TrustManager trusting) {
                authorities.addAll(List.of(trusting.getAcceptedIssuers()));
            }
        }
        return authorities;
    }

    private static KeyManager[] keyManagers(HttpOptions.Tls tls) throws GeneralSecurityException, IOException {
        if (tls.certFile().isEmpty()) {
            return new KeyManager[0];
        }
        char[] password = tls.keyPassword().orElse("").toCharArray();
        KeyStore store = emptyStore();
        Path certFile = tls.certFile().get();
        if (Pem.isPem(certFile)) {
            PrivateKey key = Pem.privateKey(tls.keyFile().orElse(certFile), tls.keyPassword());
            Collection<? extends Certificate> chain = Pem.certificates(certFile);
            store.setKeyEntry("client", key, password, chain.toArray(new Certificate[0]));
        } else {
            try (InputStream in = Files.newInputStream(certFile)) {
                store.load(in, password);
            }
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
