package dev.drawbridge.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A network that returns wakes whoever waits, and nobody else. */
final class NetworkWatchTest {
    @Test
    void aNewAddressWakesWhoWaitsButNotWhoLeft() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (RetryTimer timer = new RetryTimer(InstantSource.system())) {
            NetworkWatch watch =
                    new NetworkWatch(timer, () -> looks.getAndIncrement() == 0 ? Set.of() : Set.of(loopback));
            AtomicInteger gone = new AtomicInteger();
            CountDownLatch woken = new CountDownLatch(1);
            watch.onChange(gone::incrementAndGet).cancel();
            watch.onChange(woken::countDown);
            assertTrue(woken.await(10, TimeUnit.SECONDS), () -> "looked " + looks + " times");
            assertEquals(0, gone.get());
        }
    }
}
