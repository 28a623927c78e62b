package dev.drawbridge.config;

import dev.drawbridge.config.ConfigProblem.Severity;
import dev.drawbridge.config.jsonc.JsoncDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a configuration file says.
 *
 * @param servers those that can be used, in order
 * @param rejected those that cannot, with their errors, which are also in {@code problems}
 * @param broken a syntax error, or a file that cannot be read: nothing is usable, and what was read before stays in force
 */
public record ConfigFile(
        Path path,
        List<ServerEntry> servers,
        List<RejectedEntry> rejected,
        List<InputDefinition> inputs,
        List<ConfigProblem> problems,
        boolean broken) {
    public ConfigFile {
        servers = List.copyOf(servers);
        rejected = List.copyOf(rejected);
        inputs = List.copyOf(inputs);
        problems = List.copyOf(problems);
    }

    /** Reads a text; whatever it holds, nothing is thrown. */
    public static ConfigFile parse(Path path, String text) {
        return new ConfigReader(path, text).read();
    }

    /** Reads a file; one that does not exist has no servers and no problems. */
    public static ConfigFile read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(JsoncDocument.MAX_LENGTH + 4);
            if (bytes.length > JsoncDocument.MAX_LENGTH + 3) {
                return unreadable(path, "config.tooLarge", "The file is larger than 4 MiB, so it is not read.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return parse(path, text);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new ConfigFile(path, List.of(), List.of(), List.of(), List.of(), false);
        } catch (CharacterCodingException e) {
            return unreadable(path, "config.encoding", "The file is not UTF-8; save it in that encoding.");
        } catch (IOException e) {
            return unreadable(path, "config.unreadable", "The file cannot be read: " + FileFailures.sentence(e) + ".");
        }
    }

    /** The server of that name, if it can be used. */
    public Optional<ServerEntry> server(String name) {
        return servers.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    private static ConfigFile unreadable(Path path, String code, String sentence) {
        ConfigProblem problem = new ConfigProblem(TextRange.START_OF_FILE, Severity.ERROR, code, sentence);
        return new ConfigFile(path, List.of(), List.of(), List.of(), List.of(problem), true);
    }
}
