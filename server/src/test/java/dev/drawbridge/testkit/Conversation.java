package dev.drawbridge.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Prints what every program beside a test has printed, when that test fails. Put on a test class with ExtendWith. */
public final class Conversation implements BeforeEachCallback, TestExecutionExceptionHandler {
    private static final List<ChildProcess> PROCESSES = new CopyOnWriteArrayList<>();
    private static final List<Supplier<String>> LOGS = new CopyOnWriteArrayList<>();

    static void add(ChildProcess process) {
        PROCESSES.add(process);
    }

    /** Has this printed too, should the test fail. */
    public static void add(Supplier<String> log) {
        LOGS.add(log);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        PROCESSES.removeIf(process -> !process.process().isAlive());
        LOGS.clear();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        System.err.println("=== " + context.getDisplayName() + " failed; the conversation:");
        PROCESSES.forEach(process -> System.err.println(process.log()));
        LOGS.forEach(log -> System.err.println(log.get()));
        throw failure;
    }
}
