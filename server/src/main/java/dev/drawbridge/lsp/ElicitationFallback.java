package dev.drawbridge.lsp;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.ServerRequest.Answer;
import dev.drawbridge.mcp.json.RawJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.lsp4j.MessageType;

/**
 * MCP elicitation by standard LSP (MCP 2025-11-25, "Elicitation"). A message with buttons can ask for a choice or a yes
 * or no, a few of them one after the other; free text it cannot ask for, and then the answer is {@code cancel}: the
 * person did not decide anything. A page (URL mode) is opened only when the person chooses to.
 */
final class ElicitationFallback {
    private static final String DECLINE = "Decline";
    private static final int MAX_QUESTIONS = 4;
    private static final int MAX_CHOICES = 10;

    private final EditorClient client;

    ElicitationFallback(EditorClient client) {
        this.client = client;
    }

    /** One question; what each button stands for. */
    private record Question(String property, String text, Map<String, JsonElement> choices) {}

    Answer form(ServerName server, Params params, Cancellation cancellation) {
        String message = params.optionalString("message").orElse("");
        Optional<List<Question>> questions = questions(params);
        if (questions.isEmpty()) {
            client.warning(Sentences.quoted(server) + " asks for input that this editor cannot take: " + message);
            return action("cancel");
        }
        if (questions.get().isEmpty()) {
            return confirm(server, message, cancellation);
        }
        JsonObject content = new JsonObject();
        for (Question question : questions.get()) {
            List<String> titles = new ArrayList<>(question.choices.keySet());
            titles.add(DECLINE);
            Optional<String> chosen =
                    ask(Sentences.quoted(server) + " asks: " + message + " " + question.text, titles, cancellation);
            if (chosen.isEmpty()) {
                return action("cancel");
            }
            if (chosen.get().equals(DECLINE)) {
                return action("decline");
            }
            content.add(question.property, question.choices.get(chosen.get()));
        }
        JsonObject accepted = new JsonObject();
        accepted.addProperty("action", "accept");
        accepted.add("content", content);
        return new Answer.Result(RawJson.of(accepted));
    }

    private Answer confirm(ServerName server, String message, Cancellation cancellation) {
        Optional<String> chosen =
                ask(Sentences.quoted(server) + " asks: " + message, List.of("Accept", DECLINE), cancellation);
        return chosen.map(title -> title.equals(DECLINE) ? action("decline") : accept())
                .orElseGet(() -> action("cancel"));
    }

    private static Answer accept() {
        JsonObject accepted = new JsonObject();
        accepted.addProperty("action", "accept");
        accepted.add("content", new JsonObject());
        return new Answer.Result(RawJson.of(accepted));
    }

    Answer url(ServerName server, Params params, Cancellation cancellation) {
        Optional<URI> page = params.optionalString("url").flatMap(ElicitationFallback::webPage);
        if (page.isEmpty()) {
            return action("decline");
        }
        String message = params.optionalString("message").orElse("");
        Optional<String> chosen = ask(
                Sentences.quoted(server) + " asks you to open " + page.get() + " ("
                        + page.get().getHost() + "). " + message,
                List.of("Open", DECLINE),
                cancellation);
        if (chosen.isEmpty()) {
            return action("cancel");
        }
        if (chosen.get().equals(DECLINE)) {
            return action("decline");
        }
        client.openInBrowser(page.get());
        client.info("Open " + page.get() + " to go on.");
        return action("accept");
    }

    private Optional<String> ask(String text, List<String> titles, Cancellation cancellation) {
        CompletableFuture<Optional<String>> answer =
                client.ask(MessageType.Info, text, titles, "This editor offers no way to answer.");
        cancellation.onCancel(() -> answer.cancel(true));
        try {
            return answer.join();
        } catch (CompletionException | CancellationException e) {
            return Optional.empty();
        }
    }

    /** The questions that stand for the schema; empty when it needs more than buttons. */
    private static Optional<List<Question>> questions(Params params) {
        JsonObject properties = params.at("requestedSchema", "properties").orElse(null) instanceof JsonObject found
                ? found
                : new JsonObject();
        List<String> required = params.elements("requestedSchema", "required").stream()
                .flatMap(name -> name.asText().stream())
                .toList();
        List<Question> questions = new ArrayList<>();
        for (Map.Entry<String, JsonElement> property : properties.entrySet()) {
            Map<String, JsonElement> choices = choices(new Params(property.getValue()));
            if (!choices.isEmpty() && choices.size() <= MAX_CHOICES && questions.size() < MAX_QUESTIONS) {
                questions.add(new Question(property.getKey(), text(property), choices));
            } else if (required.contains(property.getKey())) {
                return Optional.empty();
            }
        }
        return questions.isEmpty() && !properties.isEmpty() ? Optional.empty() : Optional.of(questions);
    }

    private static String text(Map.Entry<String, JsonElement> property) {
        Params schema = new Params(property.getValue());
        String title = schema.optionalString("title").orElse(property.getKey());
        return title
                + schema.optionalString("description")
                        .map(text -> " (" + text + ")")
                        .orElse("");
    }

    private static Map<String, JsonElement> choices(Params schema) {
        Map<String, JsonElement> choices = new LinkedHashMap<>();
        switch (schema.optionalString("type").orElse("")) {
            case "boolean" -> {
                choices.put("Yes", new JsonPrimitive(true));
                choices.put("No", new JsonPrimitive(false));
            }
            case "string" -> {
                List<Params> names = schema.elements("enumNames");
                List<Params> values = schema.elements("enum");
                for (int i = 0; i < values.size(); i++) {
                    String title = i < names.size()
                            ? names.get(i).asText().orElse(values.get(i).json().getAsString())
                            : values.get(i).asText().orElse("");
                    choices.put(title, values.get(i).json());
                }
                for (Params option : schema.elements("oneOf")) {
                    option.at("const")
                            .ifPresent(value ->
                                    choices.put(option.optionalString("title").orElse(value.toString()), value));
                }
            }
            default -> {}
        }
        return choices;
    }

    /** Only web pages are ever opened. */
    private static Optional<URI> webPage(String text) {
        try {
            URI page = new URI(text);
            boolean web = "https".equals(page.getScheme()) || "http".equals(page.getScheme());
            return web && page.getHost() != null ? Optional.of(page) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Answer action(String action) {
        JsonObject result = new JsonObject();
        result.addProperty("action", action);
        return new Answer.Result(RawJson.of(result));
    }
}
