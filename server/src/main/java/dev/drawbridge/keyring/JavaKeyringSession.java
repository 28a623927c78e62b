package dev.drawbridge.keyring;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.PasswordAccessException;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The operating system's keyring through java-keyring: Secret Service or KWallet, macOS Keychain, Windows Credential
 * Manager. The only class that imports the library.
 */
final class JavaKeyringSession implements KeyringSession {
    /** The D-Bus libraries below tell every item they touch; held here because the logging system holds it weakly. */
    private static final Logger LIBRARY = Logger.getLogger("org.freedesktop");

    static {
        LIBRARY.setLevel(Level.WARNING);
    }

    private final Keyring keyring;
    private final String service;

    private JavaKeyringSession(Keyring keyring, String service) {
        this.keyring = keyring;
        this.service = service;
    }

    static KeyringSession open(String service) throws StoreUnavailable {
        try {
            return new JavaKeyringSession(Keyring.create(), service);
        } catch (BackendNotSupportedException none) {
            throw StoreFailures.keyringMissing(none);
        }
    }

    @Override
    public String read(String account) throws EntryNotFound {
        try {
            String value = keyring.getPassword(service, account);
            if (value == null) {
                throw new EntryNotFound(new PasswordAccessException("no value"));
            }
            return value;
        } catch (PasswordAccessException e) {
            throw new EntryNotFound(e);
        }
    }

    @Override
    public void write(String account, String value) throws PasswordAccessException {
        keyring.setPassword(service, account, value);
    }

    @Override
    public void delete(String account) throws EntryNotFound {
        try {
            keyring.deletePassword(service, account);
        } catch (PasswordAccessException e) {
            throw new EntryNotFound(e);
        }
    }

    @Override
    public void close() throws Exception {
        keyring.close();
    }
}
