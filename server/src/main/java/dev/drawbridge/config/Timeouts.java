package dev.drawbridge.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a timeout. Programs disagree about the unit of a plain number: milliseconds for most, seconds for Cline and its
 * relatives. No server deserves less than a second, so small numbers are seconds.
 */
final class Timeouts {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(?:\\.0+)?\\s*(ms|s|m|min|h)?");
    private static final Duration LONGEST = Duration.ofDays(1);

    /** However a number is spelled, with a unit or without. */
    private static final Pattern ZERO = Pattern.compile("0(\\.0+)?\\s*(ms|s|m|min|h)?");

    private Timeouts() {}

    /** Whether the text means that there is no limit. */
    static boolean isOff(String text) {
        return ZERO.matcher(text.strip()).matches();
    }

    /** @param guessedSeconds whether a plain number was taken as seconds because it is small */
    record Reading(Duration duration, boolean guessedSeconds) {}

    static Optional<Reading> read(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = Optional.ofNullable(matcher.group(2)).orElse("");
        boolean guessed = unit.isEmpty() && number < 1_000;
        Duration duration = switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m", "min" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> guessed ? Duration.ofSeconds(number) : Duration.ofMillis(number);
        };
        return duration.isZero() || duration.compareTo(LONGEST) > 0
                ? Optional.empty()
                : Optional.of(new Reading(duration, guessed));
    }
}
