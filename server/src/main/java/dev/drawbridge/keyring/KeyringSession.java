package dev.drawbridge.keyring;

/**
 * One open connection to the operating system's keyring, as little of it as Drawbridge needs. Used by the keyring
 * thread alone; every method may throw anything, and {@link OsKeyring} makes sense of it.
 */
interface KeyringSession {
    /**
     * The password of an account.
     *
     * @throws EntryNotFound if the keyring gave none; some libraries say the same when the keyring is broken
     */
    String read(String account) throws Exception;

    void write(String account, String value) throws Exception;

    /** Removes an entry; throws {@link EntryNotFound} if there is none. */
    void delete(String account) throws Exception;

    void close() throws Exception;

    /** Says that a read gave nothing, which may or may not mean that there is nothing. */
    final class EntryNotFound extends Exception {
        EntryNotFound(Throwable cause) {
            super("no such entry", cause);
        }
    }

    /** Opens a session; the seam between {@link OsKeyring}'s care and the library that does the work. */
    @FunctionalInterface
    interface Opener {
        KeyringSession open() throws Exception;
    }
}
