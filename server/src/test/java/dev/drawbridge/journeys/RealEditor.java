package dev.drawbridge.journeys;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.testkit.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A person at a real Neovim or Emacs with our client, without a terminal: types keys, reads the buffer and the messages.
 * Nothing of the editor is replaced; {@code clients/<editor>/test/remote.*} only carries the keys in and the text out.
 */
final class RealEditor implements AutoCloseable {
    /** The editors that have a client. */
    enum Kind {
        NEOVIM("neovim", "remote.lua"),
        EMACS("emacs", "remote.el");

        private final String folder;
        private final String script;

        Kind(String folder, String script) {
            this.folder = folder;
            this.script = script;
        }

        /** The client's own folder, which a user puts on the editor's path. */
        Path client() {
            return Path.of("..", "clients", folder).toAbsolutePath().normalize();
        }

        /** The editor's program, which is fetched when the machine has none that is new enough. */
        String program() {
            return Desk.installed(
                    client().resolve("test").resolve("install-" + folder).toString());
        }

        /** What starts it, with a client and nothing else of anybody's configuration. */
        List<String> command(Path client) {
            return switch (this) {
                case NEOVIM -> List.of(program(), "--clean", "--cmd", "set rtp^=" + client);
                case EMACS -> List.of(program(), "-Q", "-L", client.toString(), "-l", "drawbridge");
            };
        }

        private List<String> headless(Path client) {
            String remote = client().resolve("test").resolve(script).toString();
            List<String> command = new ArrayList<>(command(client));
            command.addAll(
                    switch (this) {
                        case NEOVIM -> List.of("--headless", "-c", "luafile " + remote);
                        case EMACS -> List.of("--batch", "-l", remote);
                    });
            return command;
        }

        /** The keys that run a command of the client. */
        String run(String command) {
            return switch (this) {
                case NEOVIM -> ":" + command + "<CR>";
                case EMACS -> "M-x " + command + " RET";
            };
        }
    }

    private final Kind kind;
    private final ChildProcess process;
    private final SocketChannel channel;
    private final BufferedReader answers;

    RealEditor(Kind kind, Desk desk) {
        this(kind, desk, kind.client(), Map.of());
    }

    /** With a copy of the client, as a package manager installs it: no checkout is around it. */
    static RealEditor installedAlone(Kind kind, Desk desk, Path path) throws IOException {
        Path copy = desk.home().root().resolve("client");
        try (Stream<Path> files = Files.walk(kind.client())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(kind.client().relativize(file)));
            }
        }
        return new RealEditor(kind, desk, copy, Map.of("PATH", path.toString()));
    }

    private RealEditor(Kind kind, Desk desk, Path client, Map<String, String> more) {
        this.kind = kind;
        Path socket = desk.home().runtime().resolve(kind + ".sock");
        Map<String, String> environment = new TreeMap<>(desk.home().environment());
        environment.put("DRAWBRIDGE_TEST_SOCKET", socket.toString());
        environment.putAll(more);
        process = ChildProcess.start(kind.toString(), folder(desk), environment, kind.headless(client));
        try {
            channel = connect(socket);
            answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        } catch (Throwable failed) {
            process.close();
            throw failed;
        }
    }

    /** A folder for the editor to be in that brings no servers. */
    static Path folder(Desk desk) {
        try {
            return Files.createDirectories(desk.home().home().resolve("work"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Kind kind() {
        return kind;
    }

    /** Types keys, in the editor's own notation. */
    void keys(String keys) {
        ask("keys", new JsonPrimitive(keys));
    }

    /** Runs a command of the client, by typing it. */
    void run(String command) {
        keys(kind.run(command));
    }

    /** The text of the buffer before the person. */
    String text() {
        return ask("text", new JsonPrimitive("")).getAsString();
    }

    /** What the status line or the mode line says. */
    String status() {
        return ask("status", new JsonPrimitive("")).getAsString();
    }

    /** Calls a tool through the client and gives its first text, or what failed. */
    String call(String server, String tool, JsonObject arguments) {
        JsonObject call = Editor.of("server", server);
        call.addProperty("name", tool);
        call.add("arguments", arguments);
        return ask("call", call).getAsString();
    }

    /** What the person was told so far, a line each. */
    List<String> said() {
        return switch (kind) {
            case NEOVIM ->
                ask("said", new JsonPrimitive(""))
                        .getAsString()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList();
            case EMACS ->
                process.log()
                        .lines()
                        .filter(line -> line.startsWith("! "))
                        .map(line -> line.substring(2))
                        .toList();
        };
    }

    /** Waits until the buffer before the person fits. */
    void awaitText(String what, Predicate<String> wanted) {
        await(what, () -> wanted.test(text()));
    }

    /** Waits until the person was told something that begins so. */
    void awaitSaid(String beginning) {
        await("the message: " + beginning, () -> said().stream().anyMatch(line -> line.startsWith(beginning)));
    }

    /** Waits on a condition, and says what was on the screen when it never holds. */
    void await(String what, BooleanSupplier condition) {
        try {
            Desk.until(what, condition);
        } catch (AssertionError never) {
            throw new AssertionError(kind + ": " + never.getMessage() + "\n" + text() + "\nsaid: " + said(), never);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.close();
        }
    }

    private synchronized JsonElement ask(String verb, JsonElement with) {
        JsonObject command = Editor.of("verb", verb);
        command.add("with", with);
        try {
            ByteBuffer line = StandardCharsets.UTF_8.encode(command + "\n");
            while (line.hasRemaining()) {
                channel.write(line);
            }
            String answer = answers.readLine();
            if (answer == null) {
                throw new AssertionError(kind + " is gone\n" + process.log());
            }
            JsonObject answered = JsonParser.parseString(answer).getAsJsonObject();
            if (!answered.has("value")) {
                throw new AssertionError(kind + " cannot do " + command + ": " + answered + "\n" + process.log());
            }
            return answered.get("value");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SocketChannel connect(Path socket) {
        List<SocketChannel> connected = new ArrayList<>();
        Desk.until(kind + "'s socket", () -> {
            if (!process.process().isAlive()) {
                throw new AssertionError(process.log());
            }
            try {
                SocketChannel open = SocketChannel.open(StandardProtocolFamily.UNIX);
                open.connect(UnixDomainSocketAddress.of(socket));
                return connected.add(open);
            } catch (IOException notYet) {
                return false;
            }
        });
        return connected.getFirst();
    }
}
