package dev.drawbridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A D-Bus session of a test's own with a real gnome-keyring in it, in a {@link TestHome}: what a Linux desktop gives a
 * program, without a desktop. Processes started with the home's environment find it.
 */
public final class SecretServiceSession implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String PASSWORD = "the user's password";
    private static final Pattern ADDRESS = Pattern.compile("unix:path=\\S+");

    /** Only what a session needs to pass messages; nothing is started by itself. */
    private static final String CONFIGURATION = """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:path=SOCKET</listen>
          <policy context="default">
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
          </policy>
        </busconfig>
        """;

    private final TestHome home;
    private final ChildProcess bus;
    private ChildProcess keyring;

    /** Starts a bus and an unlocked keyring, and tells the home's processes of them. */
    public SecretServiceSession(TestHome home) {
        this.home = home;
        try {
            Path file = home.write(
                    "run/bus.conf",
                    CONFIGURATION.replace(
                            "SOCKET", home.runtime().resolve("bus").toString()));
            bus = run("dbus-daemon", "--config-file=" + file, "--nofork", "--nopidfile", "--print-address");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Matcher address = ADDRESS.matcher(bus.await(
                    "an address", DEADLINE, line -> ADDRESS.matcher(line).find()));
            if (!address.find()) {
                throw new AssertionError(bus.log());
            }
            home.with("DBUS_SESSION_BUS_ADDRESS", address.group());
            keyring = startKeyring();
        } catch (Throwable failed) {
            bus.close();
            throw failed;
        }
    }

    /** Locks the login keyring, as a screen lock or a time limit does. There is nobody who could be asked to open it. */
    public void lock() {
        call("org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login");
    }

    /** Ends the keyring's process and starts it again with the user's password, as signing in to the desktop does. */
    public void restart() {
        stop();
        keyring = startKeyring();
    }

    /** Ends the keyring's process; the bus goes on. */
    public void stop() {
        keyring.close();
    }

    @Override
    public void close() {
        keyring.close();
        bus.close();
    }

    private ChildProcess startKeyring() {
        ChildProcess started = run("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets");
        try {
            started.sendPart(PASSWORD);
            started.closeInput();
            call("org.freedesktop.DBus.Peer.Ping");
            return started;
        } catch (Throwable failed) {
            started.close();
            throw failed;
        }
    }

    private void call(String method, String... arguments) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            List<String> command = new ArrayList<>(List.of(
                    "dbus-send",
                    "--session",
                    "--print-reply",
                    "--reply-timeout=5000",
                    "--dest=org.freedesktop.secrets",
                    "/org/freedesktop/secrets",
                    method));
            command.addAll(List.of(arguments));
            try (ChildProcess sent = run(command.toArray(String[]::new))) {
                if (sent.exitCode(DEADLINE) == 0) {
                    return;
                }
                if (System.nanoTime() > end) {
                    throw new AssertionError(method + " fails\n" + sent.log());
                }
            }
        }
    }

    private ChildProcess run(String... command) {
        return ChildProcess.start(command[0], home.root(), home.environment(), List.of(command));
    }
}
