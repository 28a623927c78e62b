package dev.drawbridge.cli.demo;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * High and low water of one day, in a harbour that knows only the moon's principal tide (M2, 12 h 25 min 14 s) and the
 * fortnightly change between spring and neap tides.
 */
record TideTable(LocalDate day, List<Water> waters) {
    private static final LocalDateTime SPRING_TIDE = LocalDateTime.of(2026, 1, 3, 12, 0);
    private static final Duration PERIOD = Duration.ofSeconds(44_714);
    private static final double FORTNIGHT_SECONDS =
            Duration.ofHours(354).plusMinutes(22).toSeconds();
    private static final double MEAN_METRES = 2.6;
    private static final double MEAN_RANGE = 1.7;
    private static final double SPRING_EXTRA = 0.6;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    /** One turn of the tide. */
    record Water(LocalDateTime time, boolean high, double metres) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s  %-4s  %.1f m", CLOCK.format(time), high ? "high" : "low", metres);
        }
    }

    static TideTable of(LocalDate day) {
        long half = PERIOD.toSeconds() / 2;
        long first =
                Math.floorDiv(Duration.between(SPRING_TIDE, day.atStartOfDay()).toSeconds(), half);
        return new TideTable(
                day,
                LongStream.rangeClosed(first, first + 5)
                        .mapToObj(turn -> water(turn, half))
                        .filter(water -> water.time().toLocalDate().equals(day))
                        .toList());
    }

    private static Water water(long turn, long half) {
        long seconds = turn * half;
        boolean high = Math.floorMod(turn, 2) == 0;
        double range = MEAN_RANGE + SPRING_EXTRA * Math.cos(2 * Math.PI * seconds / FORTNIGHT_SECONDS);
        return new Water(SPRING_TIDE.plusSeconds(seconds), high, MEAN_METRES + (high ? range : -range));
    }

    @Override
    public String toString() {
        return waters.stream().map(Water::toString).collect(Collectors.joining("\n", "Tides on " + day + "\n", ""));
    }
}
