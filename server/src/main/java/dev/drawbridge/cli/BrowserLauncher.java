package dev.drawbridge.cli;

import dev.drawbridge.config.OperatingSystem;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Opens a web page in the person's browser because they just asked for it. Only {@code http} and {@code https}
 * addresses, and always as one argument of a program, never through a shell.
 */
public final class BrowserLauncher {
    private final OperatingSystem os;
    private final Map<String, String> environment;

    BrowserLauncher(OperatingSystem os, Map<String, String> environment) {
        this.os = os;
        this.environment = Map.copyOf(environment);
    }

    public static BrowserLauncher ofThisProcess() {
        return new BrowserLauncher(OperatingSystem.current(), System.getenv());
    }

    /** True when a program was started with the page; whether the person saw it nobody can know. */
    public boolean open(URI page) {
        Optional<List<String>> command = command(page);
        if (command.isEmpty()) {
            return false;
        }
        try {
            new ProcessBuilder(command.get())
                    .redirectInput(ProcessBuilder.Redirect.from(
                            new java.io.File(os == OperatingSystem.WINDOWS ? "NUL" : "/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The program and its arguments; empty for what is no web page. */
    Optional<List<String>> command(URI page) {
        String scheme = page.getScheme() == null ? "" : page.getScheme();
        if (!scheme.equals("https") && !scheme.equals("http") || page.getHost() == null) {
            return Optional.empty();
        }
        String address = page.toASCIIString();
        return Optional.of(
                switch (os) {
                    case MAC -> List.of("open", address);
                    case WINDOWS -> List.of("rundll32", "url.dll,FileProtocolHandler", address);
                    case LINUX -> onLinux(address);
                });
    }

    /** {@code $BROWSER} is a colon-separated list of commands, in each of which {@code %s} stands for the address. */
    private List<String> onLinux(String address) {
        String first = environment.getOrDefault("BROWSER", "").split(":", 2)[0].strip();
        if (first.isEmpty()) {
            return List.of("xdg-open", address);
        }
        List<String> words = Arrays.stream(first.split("\\s+"))
                .map(word -> word.replace("%s", address))
                .collect(Collectors.toCollection(ArrayList::new));
        if (!first.contains("%s")) {
            words.add(address);
        }
        return words;
    }
}
