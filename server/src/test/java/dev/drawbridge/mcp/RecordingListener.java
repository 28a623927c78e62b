package dev.drawbridge.mcp;

import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes down what a connection tells its listener, and waits for what is expected. */
public final class RecordingListener implements ConnectionListener {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> heard = new ArrayList<>();
    private volatile Function<ServerRequest, ServerRequest.Answer> answers =
            request -> ServerRequest.Answer.notSupported(request.method());

    public RecordingListener answering(Function<ServerRequest, ServerRequest.Answer> function) {
        answers = function;
        return this;
    }

    @Override
    public void onNotification(String method, RawJson params) {
        add("notification " + method + " " + params.text());
    }

    @Override
    public ServerRequest.Answer onServerRequest(ServerRequest request) {
        add("request " + request.method() + " " + request.params().text());
        return answers.apply(request);
    }

    @Override
    public void onStderr(String line) {
        add("stderr " + line);
    }

    @Override
    public void onRemark(String line) {
        add("remark " + line);
    }

    @Override
    public void onClosed(McpFailure why) {
        add("closed " + why.code() + " " + why.message());
    }

    @Override
    public void onUnauthorized(Rejection rejection) {
        add("unauthorized " + rejection.status());
    }

    public synchronized void add(String line) {
        heard.add(line);
        notifyAll();
    }

    public synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    public synchronized long count(String beginning) {
        return heard.stream().filter(line -> line.startsWith(beginning)).count();
    }

    /** Waits until a line that begins so was heard. */
    public String await(String beginning) {
        return await(beginning, 1);
    }

    public synchronized String await(String beginning, int times) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<String> found =
                    heard.stream().filter(line -> line.startsWith(beginning)).toList();
            if (found.size() >= times) {
                return found.get(times - 1);
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(
                        "never heard " + times + " × " + beginning + " in\n" + String.join("\n", heard));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
