package dev.drawbridge.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Prints what every program beside a test has printed, when that test fails. Put on a test class with ExtendWith. */
public final class Conversation implements BeforeEachCallback, TestExecutionExceptionHandler {
    private static final List<ChildProcess> PROCESSES = new CopyOnWriteArrayList<>();

    static void add(ChildProcess process) {
        PROCESSES.add(process);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        PROCESSES.removeIf(process -> !process.process().isAlive());
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        System.err.println("=== " + context.getDisplayName() + " failed; the conversation:");
        PROCESSES.forEach(process -> System.err.println(process.log()));
        throw failure;
    }
}
