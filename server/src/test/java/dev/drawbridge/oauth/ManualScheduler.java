package dev.drawbridge.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock and a timer whose time a test moves; due tasks run on the test's thread. */
final class ManualScheduler implements Scheduler, InstantSource {
    private record Task(Instant due, Runnable work) {}

    private final List<Task> tasks = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable work) {
        Task task = new Task(now.plus(delay), work);
        tasks.add(task);
        return () -> {
            synchronized (this) {
                tasks.remove(task);
            }
        };
    }

    void advance(Duration time) {
        Instant end = instant().plus(time);
        for (Optional<Task> due = take(end); due.isPresent(); due = take(end)) {
            due.get().work().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Optional<Task> take(Instant end) {
        Optional<Task> due =
                tasks.stream().filter(task -> !task.due().isAfter(end)).min(Comparator.comparing(Task::due));
        due.ifPresent(task -> {
            tasks.remove(task);
            now = task.due().isAfter(now) ? task.due() : now;
        });
        return due;
    }

    @Override
    public synchronized void close() {
        tasks.clear();
    }
}
