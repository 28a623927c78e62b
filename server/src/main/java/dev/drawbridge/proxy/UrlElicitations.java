package dev.drawbridge.proxy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.ServerRequest.Answer;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The error with which servers of 2025-11-25 ask for a page to be opened before a call can work (-32042), for hosts of
 * 2026-07-28, who know it as a question of {@code input_required}: the person is asked, and the call made again when the
 * page has been seen to. Thread-safe.
 */
final class UrlElicitations {
    private static final int MOST_ROUNDS = 3;
    private static final int MOST_PAGES = 8;

    /** Servers need not tell when a page has been seen to; the next attempt shows. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

    private record Page(String id, String url, String message) {
        RawJson params() {
            return RawJson.of("{\"mode\":\"url\",\"message\":" + JsonText.quote(message) + ",\"url\":"
                    + JsonText.quote(url) + "}");
        }
    }

    /**
     * Runs a call until it ends otherwise.
     *
     * @param ask puts a question to the host and waits for the answer
     */
    Reply run(Call call, Supplier<Reply> attempt, Function<ServerRequest, Answer> ask) {
        Reply reply = attempt.get();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (!(reply instanceof Reply.Refusal(long code, String message, Optional<RawJson> data))
                    || code != SignInOffer.URL_ELICITATION_REQUIRED) {
                return reply;
            }
            List<Page> pages = data.map(UrlElicitations::pages).orElse(List.of());
            if (pages.isEmpty() || !call.host().opensUrls()) {
                return cannotOpen(call, message, pages);
            }
            for (Page page : pages) {
                if (!seenTo(call, page, ask)) {
                    return new Reply.Refusal(ErrorCodes.INTERNAL_ERROR, message, Optional.empty());
                }
            }
            reply = attempt.get();
        }
        return reply instanceof Reply.Refusal(long code, String message, var _)
                        && code == SignInOffer.URL_ELICITATION_REQUIRED
                ? new Reply.Refusal(ErrorCodes.INTERNAL_ERROR, message, Optional.empty())
                : reply;
    }

    /** A page was seen to. */
    void completed(String id) {
        Optional.ofNullable(waiting.get(id)).ifPresent(CountDownLatch::countDown);
    }

    private boolean seenTo(Call call, Page page, Function<ServerRequest, Answer> ask) {
        CountDownLatch done = new CountDownLatch(1);
        waiting.put(page.id(), done);
        try {
            Answer answer = ask.apply(new ServerRequest(
                    "elicitation/create", page.params(), call.cancellation(), Optional.of(call.cancellation())));
            if (!(answer instanceof Answer.Result(RawJson result)) || !isAccepted(result)) {
                return false;
            }
            call.cancellation().onCancel(done::countDown);
            if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.getLogger(UrlElicitations.class.getName())
                        .log(System.Logger.Level.DEBUG, "Nobody said that a page was seen to; trying the call again");
            }
            return !call.cancellation().isCancelled();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.remove(page.id(), done);
        }
    }

    private static boolean isAccepted(RawJson result) {
        try {
            return JsonSlices.ofObject(result.bytes())
                    .string("action")
                    .filter("accept"::equals)
                    .isPresent();
        } catch (MalformedJson e) {
            return false;
        }
    }

    /** A tool's result reaches the model, which can tell the person; an error often does not. */
    private static Reply cannotOpen(Call call, String message, List<Page> pages) {
        if (pages.isEmpty() || !call.method().equals("tools/call")) {
            return ErrorCodes.needsUrlElicitation(message);
        }
        StringBuilder words = new StringBuilder(message);
        pages.forEach(page -> words.append(' ')
                .append(page.message())
                .append(" Open this address in a browser, then try again: ")
                .append(page.url()));
        try {
            return call.ours(RawJson.of("{\"content\":[{\"type\":\"text\",\"text\":" + JsonText.quote(words.toString())
                    + "}],\"isError\":true}"));
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Page> pages(RawJson data) {
        List<Page> pages = new ArrayList<>();
        if (data.tree() instanceof JsonObject object && object.get("elicitations") instanceof JsonArray list) {
            for (JsonElement element : list) {
                if (element instanceof JsonObject page
                        && page.get("url") instanceof JsonPrimitive url
                        && pages.size() < MOST_PAGES) {
                    pages.add(new Page(text(page, "elicitationId"), url.getAsString(), text(page, "message")));
                }
            }
        }
        return pages;
    }

    private static String text(JsonObject object, String member) {
        return object.get(member) instanceof JsonPrimitive value ? value.getAsString() : "";
    }
}
