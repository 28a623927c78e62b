package dev.drawbridge.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The demo's tides turn three or four times a day, high after low. */
final class TideTableTest {
    @Test
    void everyDayHasItsTides() {
        LocalDate first = LocalDate.of(2025, 12, 25);
        for (int day = 0; day < 400; day++) {
            TideTable table = TideTable.of(first.plusDays(day));
            assertTrue(table.waters().size() >= 3 && table.waters().size() <= 4, table::toString);
            for (int i = 1; i < table.waters().size(); i++) {
                TideTable.Water before = table.waters().get(i - 1);
                TideTable.Water after = table.waters().get(i);
                assertTrue(after.time().isAfter(before.time()), table::toString);
                assertNotEquals(before.high(), after.high(), table::toString);
            }
        }
    }

    @Test
    void isPrintedForPeople() {
        assertEquals(
                "Tides on 2026-01-03\n05:47  low   0.3 m\n12:00  high  4.9 m\n18:12  low   0.3 m",
                TideTable.of(LocalDate.of(2026, 1, 3)).toString());
    }
}
