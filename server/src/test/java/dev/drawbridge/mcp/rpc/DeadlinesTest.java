package dev.drawbridge.mcp.rpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Deadlines pass when they are due, however many there are and in whatever order they come. */
final class DeadlinesTest {
    private static final class Due implements Deadlines.Deadline {
        final CountDownLatch passed = new CountDownLatch(1);
        volatile long end;

        Due(Duration in) {
            end = System.nanoTime() + in.toNanos();
        }

        @Override
        public long left(long now) {
            return end - now;
        }

        @Override
        public void passed() {
            passed.countDown();
        }

        boolean hasPassed() {
            return passed.getCount() == 0;
        }
    }

    private static Due watched(Duration in) {
        Due due = new Due(in);
        Deadlines.SHARED.watch(due);
        return due;
    }

    @Test
    void theEarlierOneWakesTheThreadThoughItCameLater() throws Exception {
        Due late = watched(Duration.ofHours(1));
        Due early = watched(Duration.ofMillis(50));
        assertTrue(early.passed.await(5, TimeUnit.SECONDS));
        assertFalse(late.hasPassed());
        Deadlines.SHARED.forget(late);
    }

    @Test
    void oneThatMovedAwayDoesNotPassWhereItWas() throws Exception {
        Due moving = watched(Duration.ofMillis(50));
        moving.end = System.nanoTime() + Duration.ofHours(1).toNanos();
        assertTrue(watched(Duration.ofMillis(200)).passed.await(5, TimeUnit.SECONDS));
        assertFalse(moving.hasPassed());
        moving.end = System.nanoTime();
        // Whatever wakes the thread next finds it.
        assertTrue(watched(Duration.ofMillis(10)).passed.await(5, TimeUnit.SECONDS));
        assertTrue(moving.passed.await(5, TimeUnit.SECONDS));
    }

    @Test
    void aForgottenOneDoesNotPass() throws Exception {
        Due forgotten = watched(Duration.ofMillis(50));
        Deadlines.SHARED.forget(forgotten);
        assertTrue(watched(Duration.ofMillis(150)).passed.await(5, TimeUnit.SECONDS));
        assertFalse(forgotten.hasPassed());
    }

    @Test
    void oneThatFailsKeepsNoOtherFromPassing() throws Exception {
        Deadlines.SHARED.watch(new Deadlines.Deadline() {
            @Override
            public long left(long now) {
                return 0;
            }

            @Override
            public void passed() {
                throw new IllegalStateException("on purpose");
            }
        });
        assertTrue(watched(Duration.ofMillis(20)).passed.await(5, TimeUnit.SECONDS));
    }

    @Test
    void aThousandFromManyThreadsAllPass() throws Exception {
        List<Due> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            all.add(new Due(Duration.ofMillis(i % 97)));
        }
        all.parallelStream().forEach(Deadlines.SHARED::watch);
        for (Due due : all) {
            assertTrue(due.passed.await(10, TimeUnit.SECONDS));
        }
    }
}
