package dev.drawbridge.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder of small files that Drawbridge can do without: each is written in one step, no larger than a limit, and the
 * user's alone (0600); together they stay below another limit, and what was not used for longest goes first. Anybody may
 * delete any of them at any time. Its methods block, and may be called from any thread and by several daemons at once.
 */
public final class CacheFolder {
    private static final Pattern NAME = Pattern.compile("[0-9a-z-]{1,120}");
    /** How fine the times of use are; noting every use would write to the disk each time. */
    private static final Duration SAME_USE = Duration.ofHours(1);
    /** A file that is still being written is younger than this. */
    private static final Duration UNFINISHED = Duration.ofMinutes(10);

    private final Path folder;
    private final Limits limits;
    private final InstantSource clock;

    /**
     * How much may lie here.
     *
     * @param entry bytes of one file
     * @param total bytes of all files together
     * @param files how many there may be
     */
    public record Limits(int entry, long total, int files) {
        public static final Limits DEFAULT = new Limits(4 << 20, 64L << 20, 1_000);
    }

    private record Entry(Path file, long size, FileTime used) {}

    /** @param folder where nobody else can write; it may not exist yet */
    public CacheFolder(Path folder) {
        this(folder, Limits.DEFAULT, InstantSource.system());
    }

    CacheFolder(Path folder, Limits limits, InstantSource clock) {
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
    }

    /** The hash under which something is kept, so that a file's name tells nothing of what it stands for. */
    public static String hash(String what) {
        return Sha256.hex(what);
    }

    /** How many bytes an entry may have. */
    public int entryLimit() {
        return limits.entry();
    }

    /** What was last written under a name; empty when that is gone, unreadable or too large to be ours. */
    public Optional<byte[]> read(String name) {
        Path file = file(name);
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(limits.entry() + 1);
            if (content.length > limits.entry()) {
                return Optional.empty();
            }
            noteUse(file);
            return Optional.of(content);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void noteUse(Path file) {
        try {
            Instant now = clock.instant();
            if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(SAME_USE))) {
                Files.setLastModifiedTime(file, FileTime.from(now));
            }
        } catch (IOException e) {
            // Only its turn to go comes sooner.
        }
    }

    /**
     * Replaces what lies under a name, and makes room for it.
     *
     * @throws IOException when the disk does not take it; what was there before may still be there
     */
    public void write(String name, byte[] content) throws IOException {
        if (content.length > limits.entry()) {
            throw new IllegalArgumentException(content.length + " bytes are more than an entry may have");
        }
        Path file = file(name);
        AtomicFile.write(file, content, true);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        makeRoom(file);
    }

    /** Deletes whatever has a name that begins so. */
    public void removeAll(String beginning) throws IOException {
        for (Entry entry : entries()) {
            if (entry.file().getFileName().toString().startsWith(beginning)) {
                Files.deleteIfExists(entry.file());
            }
        }
    }

    private void makeRoom(Path newest) throws IOException {
        List<Entry> entries = entries();
        long total = entries.stream().mapToLong(Entry::size).sum();
        int files = entries.size();
        entries.sort(Comparator.comparing(Entry::used));
        for (Entry entry : entries) {
            if (total <= limits.total() && files <= limits.files()) {
                return;
            }
            if (!entry.file().equals(newest)) {
                Files.deleteIfExists(entry.file());
                total -= entry.size();
                files--;
            }
        }
    }

    /** What lies here; what a daemon that died left unfinished is swept away on the occasion. */
    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                addOrSweep(file, entries);
            }
        } catch (NoSuchFileException e) {
            return entries;
        }
        return entries;
    }

    private void addOrSweep(Path file, List<Entry> entries) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (NAME.matcher(file.getFileName().toString()).matches()) {
                entries.add(new Entry(file, found.size(), found.lastModifiedTime()));
            } else if (found.isRegularFile()
                    && file.getFileName().toString().endsWith(".tmp")
                    && found.lastModifiedTime()
                            .toInstant()
                            .isBefore(clock.instant().minus(UNFINISHED))) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Another daemon was faster.
            return;
        }
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of an entry");
        }
        return folder.resolve(name);
    }
}
