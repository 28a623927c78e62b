package dev.drawbridge.keyring;

import dev.drawbridge.oauth.Secret;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * The token store in a process of its own, since the keyring's address is a property of the whole process. Takes one
 * command a line, such as {@code put NAME VALUE} or {@code putLarge NAME LENGTH}, and answers each with one line.
 */
public final class TokenStoreProcess {
    private TokenStoreProcess() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = Map.of(TokenStores.SETTING, arguments[0]);
        try (ChosenTokenStore store =
                        TokenStores.choose(environment, false, Path.of(arguments[1]), InstantSource.system());
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                long begin = System.nanoTime();
                String answer = answer(store, line.split(" ", 3));
                System.out.println((System.nanoTime() - begin) / 1_000_000 + " ms " + answer);
            }
        }
    }

    private static String answer(ChosenTokenStore store, String[] words) {
        try {
            return switch (words[0]) {
                case "put" -> {
                    store.put(words[1], new Secret(words[2]));
                    yield "done";
                }
                case "putLarge" -> {
                    store.put(words[1], new Secret("x".repeat(Integer.parseInt(words[2]))));
                    yield "done";
                }
                case "get" -> "value " + store.get(words[1]).map(Secret::value).orElse("nothing");
                case "length" ->
                    "length "
                            + store.get(words[1]).map(Secret::value).orElse("").length();
                case "delete" -> {
                    store.delete(words[1]);
                    yield "done";
                }
                case "names" -> "names " + store.names();
                default -> throw new IllegalArgumentException(words[0]);
            };
        } catch (StoreUnavailable unavailable) {
            return "unavailable " + unavailable.failure();
        }
    }
}
