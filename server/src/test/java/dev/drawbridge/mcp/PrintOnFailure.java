package dev.drawbridge.mcp;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Adds the whole conversation to a failed test's report. */
public final class PrintOnFailure implements AfterTestExecutionCallback {
    private final Supplier<String> conversation;

    public PrintOnFailure(Supplier<String> conversation) {
        this.conversation = conversation;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Optional<Throwable> failure = context.getExecutionException();
        failure.ifPresent(
                thrown -> thrown.addSuppressed(new AssertionError("The conversation:\n" + conversation.get())));
    }
}
