package dev.drawbridge.config;

import java.nio.file.Path;
import java.util.Map;

/** Runs the command of {@code ${cmd:…}} and of {@code headersHelper}. */
@FunctionalInterface
public interface CommandRunner {
    CommandResult run(String command, Map<String, String> environment, Path directory);

    /** How a command ended. */
    sealed interface CommandResult {
        /** Success, with what it wrote to standard output. */
        record Output(String text) implements CommandResult {
            /** The output is usually a secret. */
            @Override
            public String toString() {
                return "Output[redacted]";
            }
        }

        /**
         * Anything else.
         *
         * @param why a clause that ends a sentence: {@code it ended with status 1: no such item}
         */
        record Failed(String why) implements CommandResult {}
    }
}
