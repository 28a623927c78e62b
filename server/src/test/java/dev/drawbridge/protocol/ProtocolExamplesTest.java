package dev.drawbridge.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import dev.drawbridge.protocol.json.ProtocolAdapters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The generated types and adapters against the examples of {@code protocol-spec}. */
final class ProtocolExamplesTest {
    private static final Path EXAMPLES = Path.of("../protocol-spec/examples");

    private final Gson gson =
            new GsonBuilder().registerTypeAdapterFactory(new ProtocolAdapters()).create();

    @TestFactory
    Stream<DynamicTest> everyValidExampleSurvivesTheRoundTrip() throws IOException {
        return examples("valid")
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    String text = Files.readString(file);
                    Object value = gson.fromJson(text, type(file));
                    JsonElement written = JsonParser.parseString(gson.toJson(value));
                    if (file.endsWith("withUnknownMembers.json")) {
                        assertEquals(value, gson.fromJson(written, type(file)));
                        assertTrue(
                                !written.getAsJsonObject().has("later"),
                                () -> "kept what it does not know: " + written);
                    } else {
                        assertEquals(JsonParser.parseString(text), written);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyInvalidExampleIsRefusedWithItsPlace() throws IOException {
        return examples("invalid")
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    String text = Files.readString(file);
                    JsonSyntaxException refusal = assertThrows(
                            JsonSyntaxException.class,
                            () -> gson.getAdapter(type(file)).fromJson(text));
                    assertTrue(String.valueOf(refusal.getMessage()).startsWith("at $"), refusal::getMessage);
                }));
    }

    @TestFactory
    Stream<DynamicTest> theParametersOfEveryMessageAreAnObject() {
        return MessageType.ALL.stream()
                .map(message -> DynamicTest.dynamicTest(
                        message.method(),
                        () -> assertThrows(JsonSyntaxException.class, () -> gson.fromJson("[1]", message.params()))));
    }

    @Test
    void theTableNamesEveryRequestOfTheClient() {
        assertEquals(
                Methods.CLIENT_REQUESTS,
                MessageType.ALL.stream()
                        .filter(one -> one.result().isPresent())
                        .filter(one -> one.direction() == MessageType.Direction.CLIENT_TO_SERVER)
                        .map(MessageType::method)
                        .toList());
    }

    private static Stream<Path> examples(String kind) throws IOException {
        try (Stream<Path> found = Files.walk(EXAMPLES)) {
            List<Path> files = found.filter(Files::isRegularFile)
                    .filter(file ->
                            EXAMPLES.relativize(file).getName(1).toString().equals(kind))
                    .sorted()
                    .toList();
            assertTrue(files.size() > 50, () -> "too few examples to be all of them: " + files);
            return files.stream();
        }
    }

    private static Class<?> type(Path example) throws ClassNotFoundException {
        return Class.forName(
                "dev.drawbridge.protocol." + EXAMPLES.relativize(example).getName(0));
    }

    private static String name(Path example) {
        return EXAMPLES.relativize(example).toString();
    }
}
