package dev.drawbridge.mcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With real pipes, for it is their fullness that matters. */
@DisabledOnOs(OS.WINDOWS)
final class ChildInputTest {
    private static final int MORE_THAN_A_PIPE_HOLDS = 1 << 20;

    @Test
    void childrenThatDoNotReadHoldUpNobodyElse() throws Exception {
        List<Process> children = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                Process child = new ProcessBuilder("sleep", "60").start();
                children.add(child);
                ChildInput input = new ChildInput(child.getOutputStream(), 16 << 20);
                assertEquals(ChildInput.Taken.TAKEN, input.send(new byte[MORE_THAN_A_PIPE_HOLDS]));
                assertEquals(ChildInput.Taken.TAKEN, input.send(new byte[1]), "the queue has room");
            }
            CountDownLatch others = new CountDownLatch(1);
            Thread.ofVirtual().start(others::countDown);
            assertTrue(others.await(20, TimeUnit.SECONDS), "a virtual thread that has nothing to do with it");
        } finally {
            children.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void everythingArrivesInItsOrderBeforeTheEnd() throws IOException {
        Process child = new ProcessBuilder("cat").start();
        ChildInput input = new ChildInput(child.getOutputStream(), 16 << 20);
        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            String line = "line " + i + "\n";
            sent.append(line);
            assertEquals(ChildInput.Taken.TAKEN, input.send(line.getBytes(StandardCharsets.UTF_8)));
        }
        input.close();
        assertEquals(ChildInput.Taken.CLOSED, input.send(new byte[1]));
        assertEquals(sent.toString(), new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
}
