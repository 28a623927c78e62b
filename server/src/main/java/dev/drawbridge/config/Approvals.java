package dev.drawbridge.config;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.drawbridge.config.ConfigProblem.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which servers of workspace files the user has approved, each by file, name and digest of its definition. Kept in a file of
 * the user's own (0600); when that cannot be read, or others could have written it, nothing counts as approved. Its methods
 * may be called from any thread.
 */
public final class Approvals {
    private static final int MAX_SIZE = 4 * 1024 * 1024;
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path file;

    /** @param file {@code approvals.json} in the state folder; it and its folder may not exist yet */
    public Approvals(Path file) {
        this.file = file;
    }

    private record Subject(String file, String name) {}

    private record Loaded(Map<Subject, String> digests, Optional<ConfigProblem> problem) {}

    /** Whether exactly this definition was approved. */
    public synchronized boolean isApproved(Path configFile, String name, String digest) {
        return digest.equals(load().digests().get(subject(configFile, name)));
    }

    /** Approves a definition in place of an earlier one of that name; what went wrong, if anything. */
    public synchronized Optional<ConfigProblem> approve(Path configFile, String name, String digest) {
        Map<Subject, String> digests = load().digests();
        digests.put(subject(configFile, name), digest);
        return save(digests);
    }

    /** Takes an approval back. */
    public synchronized Optional<ConfigProblem> revoke(Path configFile, String name) {
        Map<Subject, String> digests = load().digests();
        return digests.remove(subject(configFile, name)) == null ? Optional.empty() : save(digests);
    }

    /** Why nothing counts as approved, if the file is there but cannot be trusted. */
    public synchronized Optional<ConfigProblem> problem() {
        return load().problem();
    }

    /** A file is the same by whatever path it is reached. */
    private static Subject subject(Path configFile, String name) {
        Path absolute = configFile.toAbsolutePath().normalize();
        try {
            return new Subject(absolute.toRealPath().toString(), name);
        } catch (IOException e) {
            return new Subject(absolute.toString(), name);
        }
    }

    private Loaded load() {
        try {
            if (AtomicFile.isPosix(file)
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS_WRITE::contains)) {
                return distrusted("Others can write the file of approvals " + file + "; run chmod 600 on it.");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(MAX_SIZE + 1);
                return bytes.length > MAX_SIZE
                        ? distrusted("The file of approvals " + file + " is too large; delete it.")
                        : parse(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (NoSuchFileException e) {
            return new Loaded(new LinkedHashMap<>(), Optional.empty());
        } catch (IOException e) {
            return distrusted("The file of approvals " + file + " cannot be read: " + FileFailures.sentence(e) + ".");
        }
    }

    private Loaded parse(String text) {
        Map<Subject, String> digests = new LinkedHashMap<>();
        try {
            JsonObject root = JsonParser.parseString(text).getAsJsonObject();
            for (JsonElement element : member(root, "approvals").getAsJsonArray()) {
                JsonObject approval = element.getAsJsonObject();
                Subject subject = new Subject(
                        member(approval, "file").getAsString(),
                        member(approval, "name").getAsString());
                digests.put(subject, member(approval, "digest").getAsString());
            }
            return new Loaded(digests, Optional.empty());
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            return distrusted(
                    "The file of approvals " + file + " is damaged, so workspace servers must be approved again.");
        }
    }

    private static JsonElement member(JsonObject object, String name) {
        return Optional.ofNullable(object.get(name))
                .orElseThrow(() -> new JsonParseException("\"" + name + "\" is missing"));
    }

    private static Loaded distrusted(String sentence) {
        return new Loaded(new LinkedHashMap<>(), Optional.of(problem("config.approvals", sentence)));
    }

    private Optional<ConfigProblem> save(Map<Subject, String> digests) {
        JsonArray approvals = new JsonArray();
        digests.forEach((subject, digest) -> {
            JsonObject approval = new JsonObject();
            approval.addProperty("file", subject.file());
            approval.addProperty("name", subject.name());
            approval.addProperty("digest", digest);
            approvals.add(approval);
        });
        JsonObject root = new JsonObject();
        root.addProperty("version", 1);
        root.add("approvals", approvals);
        try {
            AtomicFile.write(file, (root + "\n").getBytes(StandardCharsets.UTF_8), true);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(problem(
                    "config.approvals",
                    "The approval could not be stored in " + file + ": " + FileFailures.sentence(e) + "."));
        }
    }

    private static ConfigProblem problem(String code, String sentence) {
        return new ConfigProblem(TextRange.START_OF_FILE, Severity.WARNING, code, sentence);
    }
}
