package dev.drawbridge.hub;

import dev.drawbridge.config.ConfigFile;
import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.config.ConfigWatcher;
import dev.drawbridge.config.RejectedEntry;
import dev.drawbridge.config.ServerEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Every configuration file anybody attached needs, read once and again when it changes on disk. A file that breaks keeps
 * its last good content in force. Thread-safe.
 */
final class ConfigStore implements AutoCloseable {
    private final ConfigLocations locations;
    private final ConfigWatcher watcher;
    private final Map<Path, FileState> files = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Consumer<Path>> listeners = new CopyOnWriteArrayList<>();

    ConfigStore(ConfigLocations locations) {
        this.locations = locations;
        this.watcher = new ConfigWatcher(this::reload);
    }

    /** A file's newest reading (for its problems) and what is in force (its newest unbroken reading). */
    private record FileState(ConfigFile newest, ConfigFile inForce) {}

    /** A server's entry with the file that brought it. */
    record Placed(ServerName name, ServerEntry entry, ServerOrigin origin) {}

    /** An entry that cannot be used, with the file that brought it. */
    record Refused(ServerName name, RejectedEntry entry, ServerOrigin origin) {}

    /** All a session sees, in order, the usable entries first. */
    record Listing(List<Placed> usable, List<Refused> refused) {}

    ConfigLocations locations() {
        return locations;
    }

    void addListener(Consumer<Path> listener) {
        listeners.add(listener);
    }

    void removeListener(Consumer<Path> listener) {
        listeners.remove(listener);
    }

    /** Forgets and no longer watches what nobody looks at. */
    void retain(Set<Path> needed) {
        files.keySet().removeIf(file -> {
            boolean unneeded = !needed.contains(file);
            if (unneeded) {
                watcher.unwatch(file);
            }
            return unneeded;
        });
    }

    /** The files a session with these folders looks at, in order of precedence. */
    List<Path> filesFor(List<Path> folders) {
        List<Path> all = new ArrayList<>();
        all.add(locations.userFile());
        folders.forEach(folder -> all.addAll(locations.inWorkspace(folder)));
        return all;
    }

    /** What is in force in a file. */
    ConfigFile inForce(Path file) {
        return state(file).inForce();
    }

    /** What keeps a file as a whole from being understood, if anything does. */
    Optional<ConfigProblem> brokenAt(Path file) {
        ConfigFile newest = state(file).newest();
        return newest.broken() ? newest.problems().stream().findFirst() : Optional.empty();
    }

    List<ConfigProblem> problems(Path file) {
        return state(file).newest().problems();
    }

    /**
     * The servers a session with these folders sees. The user's own entries come first and cannot be replaced by a
     * workspace: one of the same name appears as {@code name@folder}. Among a workspace's files the first one wins.
     */
    Listing entriesFor(List<Path> folders) {
        Map<String, Placed> usable = new LinkedHashMap<>();
        Map<String, Refused> refused = new LinkedHashMap<>();
        collect(new ServerOrigin.User(locations.userFile()), usable, refused);
        Set<String> own = Set.copyOf(usable.keySet());
        for (Path folder : folders) {
            for (Path path : locations.inWorkspace(folder)) {
                Map<String, Placed> here = new LinkedHashMap<>();
                collect(new ServerOrigin.Workspace(path, folder), here, refused);
                here.forEach((name, placed) -> {
                    if (own.contains(name)) {
                        String apart = name + "@" + folder.getFileName();
                        usable.putIfAbsent(apart, new Placed(new ServerName(apart), placed.entry(), placed.origin()));
                    } else {
                        usable.putIfAbsent(name, placed);
                    }
                });
            }
        }
        refused.keySet().removeAll(usable.keySet());
        return new Listing(List.copyOf(usable.values()), List.copyOf(refused.values()));
    }

    private void collect(ServerOrigin origin, Map<String, Placed> usable, Map<String, Refused> refused) {
        ConfigFile file = inForce(origin.file());
        for (ServerEntry entry : file.servers()) {
            usable.putIfAbsent(entry.name(), new Placed(new ServerName(entry.name()), entry, origin));
        }
        for (RejectedEntry entry : file.rejected()) {
            if (!entry.name().isBlank()) {
                refused.putIfAbsent(entry.name(), new Refused(new ServerName(entry.name()), entry, origin));
            }
        }
    }

    /** Reads a file again now, and tells the listeners when anything about it changed. */
    void reload(Path file) {
        FileState before = files.get(file);
        if (before == null) {
            return;
        }
        FileState after = read(file, before.inForce());
        files.put(file, after);
        if (!after.equals(before)) {
            listeners.forEach(listener -> listener.accept(file));
        }
    }

    private FileState state(Path file) {
        return files.computeIfAbsent(file, path -> {
            watcher.watch(path);
            return read(path, ConfigFile.parse(path, "{}"));
        });
    }

    private static FileState read(Path path, ConfigFile lastGood) {
        ConfigFile newest = ConfigFile.read(path);
        return new FileState(newest, newest.broken() ? lastGood : newest);
    }

    @Override
    public void close() {
        watcher.close();
    }
}
