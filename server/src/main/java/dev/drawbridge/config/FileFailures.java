package dev.drawbridge.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;

/** Says in a clause what the file system refused. */
final class FileFailures {
    private FileFailures() {}

    static String sentence(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission is denied";
            case NoSuchFileException missing -> "it does not exist";
            case FileSystemException other ->
                Optional.ofNullable(other.getReason())
                        .map(reason -> reason.toLowerCase(Locale.ROOT))
                        .orElse("the file system refused");
            default -> Optional.ofNullable(failure.getMessage()).orElse("the file system refused");
        };
    }
}
