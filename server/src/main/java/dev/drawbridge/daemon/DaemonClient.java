package dev.drawbridge.daemon;

import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The client's half of meeting the daemon: connect, check who answers, shake hands; and start one where none runs. It
 * uses nothing but the JDK's oldest parts, because an editor waits for it.
 */
final class DaemonClient {
    static final String NOT_RUNNING = "daemon.notRunning";
    private static final String DOCTOR = "Run drawbridge doctor.";
    private static final int HANDSHAKE_MILLIS = 5_000;

    private final Path runtimePath;
    private final DaemonStarter starter;

    DaemonClient(Path runtimePath, DaemonStarter starter) {
        this.runtimePath = runtimePath;
        this.starter = starter;
    }

    static DaemonClient ofThisProcess() {
        UserFolders folders = UserFolders.ofThisProcess();
        return new DaemonClient(folders.runtime(), new DaemonStarter(DaemonCommand.ofThisProcess(), folders));
    }

    Outcome<DaemonConnection> connect(Hello hello) {
        Outcome<RuntimeFolder> opened = RuntimeFolder.open(runtimePath);
        if (opened instanceof Outcome.Success<RuntimeFolder>(RuntimeFolder folder)) {
            return connect(folder, hello);
        }
        return failed(opened);
    }

    Outcome<DaemonConnection> connectOrStart(Hello hello) {
        Outcome<RuntimeFolder> opened = RuntimeFolder.open(runtimePath);
        if (opened instanceof Outcome.Success<RuntimeFolder>(RuntimeFolder folder)) {
            return starter.untilConnected(folder, new DaemonStarter.Attempt() {
                @Override
                public Outcome<DaemonConnection> connect() {
                    return DaemonClient.connect(folder, hello);
                }
            });
        }
        return failed(opened);
    }

    static Outcome<DaemonConnection> connect(RuntimeFolder folder, Hello hello) {
        SocketChannel channel;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException e) {
            return failed("daemon.noSocket", "This system has no Unix sockets (" + e + ").", DOCTOR);
        }
        HandshakeDeadline deadline = HandshakeDeadline.start(channel, HANDSHAKE_MILLIS);
        try {
            channel.connect(UnixDomainSocketAddress.of(folder.socket()));
        } catch (IOException _) {
            deadline.met();
            Closing.quietly(channel);
            return failed(
                    NOT_RUNNING, "No Drawbridge daemon is running.", "Any editor or drawbridge daemon starts it.");
        }
        try {
            if (!PeerCheck.isThisUser(channel, folder.path())) {
                Closing.quietly(channel);
                return failed(
                        "daemon.foreignPeer",
                        "The process that answers at " + folder.socket() + " is not yours.",
                        "Find out whose it is before you remove the socket.");
            }
            return shakeHands(channel, hello);
        } catch (IOException e) {
            Closing.quietly(channel);
            return deadline.isExceeded()
                    ? failed(
                            "daemon.silent",
                            "The Drawbridge daemon did not answer within 5 seconds.",
                            "Run drawbridge stop, then try again.")
                    : failed(NOT_RUNNING, "The Drawbridge daemon ended while it was greeted (" + e + ").", DOCTOR);
        } finally {
            deadline.met();
        }
    }

    private static Outcome<DaemonConnection> shakeHands(SocketChannel channel, Hello hello) throws IOException {
        OutputStream out = Channels.newOutputStream(channel);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
        HandshakeLine.write(out, hello.toJson());
        Optional<byte[]> line = HandshakeLine.read(in);
        if (line.isEmpty()) {
            Closing.quietly(channel);
            return failed(NOT_RUNNING, "The Drawbridge daemon ended while it was greeted.", DOCTOR);
        }
        HandshakeReply reply = HandshakeReply.ofJson(line.get()).orElse(null);
        if (reply instanceof HandshakeReply.Welcome welcome) {
            return Outcome.success(new DaemonConnection(channel, welcome, in, out));
        }
        Closing.quietly(channel);
        if (reply instanceof HandshakeReply.Refused refused) {
            // A daemon that is on its way out makes room for the next one.
            return refused.failure().code().equals(Daemon.STOPPING)
                    ? failed(
                            NOT_RUNNING,
                            refused.failure().message(),
                            refused.failure().action())
                    : Outcome.failed(refused.failure());
        }
        return failed("daemon.notADaemon", "Something else than a Drawbridge daemon answers on its socket.", DOCTOR);
    }

    private static Outcome<DaemonConnection> failed(Outcome<RuntimeFolder> opened) {
        if (opened instanceof Outcome.Failed<RuntimeFolder>(Failure failure)) {
            return Outcome.failed(failure);
        }
        throw new IllegalStateException("only a failure comes here");
    }

    private static Outcome<DaemonConnection> failed(String code, String message, String action) {
        return Outcome.failed(new Failure(code, message, action));
    }
}
