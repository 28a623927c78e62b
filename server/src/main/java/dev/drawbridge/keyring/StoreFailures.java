package dev.drawbridge.keyring;

import dev.drawbridge.oauth.OAuthFailure;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Path;

/** Every way a token store can fail, in words: what happened, that nothing is lost, and what the user can choose. */
final class StoreFailures {
    private static final String CHOICES = "set " + TokenStores.SETTING + " to key-file (an encrypted file, its key"
            + " beside it) or memory (sign in again after every restart), then run drawbridge stop";

    private StoreFailures() {}

    static StoreUnavailable keyringMissing(Throwable cause) {
        return passing(
                "store.keyringMissing",
                "This machine offers no keyring: " + Causes.describe(cause) + ".",
                "Start a keyring (on Linux: gnome-keyring or KWallet in a D-Bus session), or " + CHOICES + ".",
                cause);
    }

    static StoreUnavailable keyringLocked(Throwable cause) {
        return passing(
                "store.keyringLocked",
                "The keyring is locked and could not ask for its password. What is stored in it is not lost.",
                "Unlock the keyring, for example by signing in to the desktop, and try again; or " + CHOICES + ".",
                cause);
    }

    static StoreUnavailable keyringFailing(String step, Throwable cause) {
        return passing(
                "store.keyringFailing",
                "The keyring did not " + step + ": " + Causes.describe(cause) + ". What is stored in it is not lost.",
                "Check that the keyring is unlocked and working, and try again; or " + CHOICES + ".",
                cause);
    }

    static StoreUnavailable keyringWaiting(Throwable cause) {
        return passing(
                "store.keyringWaiting",
                "The keyring has not answered in time; it may be waiting for its password in a window of its own.",
                "Answer the keyring's prompt and try again; or " + CHOICES + ".",
                cause);
    }

    static StoreUnavailable valueTooLarge(int characters, Throwable cause) {
        return lasting(
                "store.valueTooLarge",
                "The keyring does not take a value of " + characters + " characters.",
                "Set " + TokenStores.SETTING
                        + " to sealed: an encrypted file of any size, with its key in the keyring.",
                cause);
    }

    static StoreUnavailable unknownStore(String setting, String choices) {
        return lasting(
                "store.unknown",
                TokenStores.SETTING + " is \"" + Causes.shorten(setting) + "\", which is no token store.",
                "Set it to " + choices + ", or remove it.",
                new IllegalArgumentException(TokenStores.SETTING));
    }

    static StoreUnavailable unreadable(Path file, IOException cause) {
        return passing(
                "store.unreadable",
                "The file " + file + " with what is stored about sign-ins could not be read: " + Causes.describe(cause)
                        + ".",
                "Check that you may read this file, and try again.",
                cause);
    }

    static StoreUnavailable unwritable(Path file, IOException cause) {
        return passing(
                "store.unwritable",
                "The file " + file + " could not be written: " + Causes.describe(cause) + ".",
                "Check the free space and the permissions of its folder, and try again.",
                cause);
    }

    static StoreUnavailable keyMissing(Path file, String place) {
        return lasting(
                "store.keyMissing",
                "The key for the stored sign-ins in " + file + " is not in " + place + ", or is another one.",
                "Restore the key; or delete " + file + " and sign in again.",
                new IllegalStateException("no matching key"));
    }

    static StoreUnavailable keyFileShared(Path file) {
        return lasting(
                "store.keyFileShared",
                "Others on this machine can read the key file " + file + ", so it is not used.",
                "Run chmod 600 " + file + ", and sign out and in again if others may have read it.",
                new IllegalStateException("permissions"));
    }

    static StoreUnavailable keyFileUnreadable(Path file, Exception cause) {
        return lasting(
                "store.keyFileUnreadable",
                "The key file " + file + " cannot be used: " + Causes.describe(cause) + ".",
                "Restore it from a backup; without it the stored sign-ins cannot be read.",
                cause);
    }

    static StoreUnavailable damaged(Path file, Path aside, Exception cause) {
        return lasting(
                "store.damaged",
                "The stored sign-ins in " + file + " are damaged or were changed by another program; they were kept as "
                        + aside.getFileName() + ".",
                "Restore the file from a backup, or sign in again.",
                cause);
    }

    private static StoreUnavailable passing(String code, String message, String action, Throwable cause) {
        return new StoreUnavailable(OAuthFailure.passing(code, message, action), cause);
    }

    private static StoreUnavailable lasting(String code, String message, String action, Throwable cause) {
        return new StoreUnavailable(OAuthFailure.lasting(code, message, action), cause);
    }
}
