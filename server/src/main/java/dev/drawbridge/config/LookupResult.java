package dev.drawbridge.config;

/** What asking for one secret or input gave. */
public sealed interface LookupResult {
    record Found(String value) implements LookupResult {
        @Override
        public String toString() {
            return "Found[redacted]";
        }
    }

    record Missing() implements LookupResult {}

    /**
     * The place where the value would be cannot be asked now.
     *
     * @param why one sentence with the next step
     */
    record Unavailable(String why) implements LookupResult {}
}
