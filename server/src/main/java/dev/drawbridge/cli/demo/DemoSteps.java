package dev.drawbridge.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the demo tells what happens: numbered steps with aligned columns, and what belongs to a step below it. */
final class DemoSteps {
    private static final String COLUMN = " ".repeat(30);

    private final PrintWriter out;
    private final long begin = System.nanoTime();
    private int number;

    DemoSteps(PrintWriter out) {
        this.out = out;
    }

    /** One step that has been done. */
    void step(String what, String outcome) {
        number++;
        List<String> lines = Arrays.asList(outcome.split("\n", -1));
        out.printf(Locale.ROOT, " %2d  %-24s %s%n", number, what, lines.getFirst());
        lines.subList(1, lines.size()).forEach(this::more);
    }

    /** More about the last step. */
    void more(String text) {
        out.println(COLUMN + text);
        out.flush();
    }

    /** A paragraph between steps. */
    void say(String text) {
        out.println(text);
        out.flush();
    }

    String elapsed() {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return String.format(Locale.ROOT, "%.1f seconds", took.toMillis() / 1000.0);
    }
}
