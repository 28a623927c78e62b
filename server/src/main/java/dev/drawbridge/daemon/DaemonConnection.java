package dev.drawbridge.daemon;

import dev.drawbridge.hub.Outcome;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;

/** A connection to the user's daemon after its handshake, from the client's side. */
public final class DaemonConnection implements AutoCloseable {
    private final SocketChannel channel;
    private final HandshakeReply.Welcome welcome;
    private final InputStream in;
    private final OutputStream out;

    DaemonConnection(SocketChannel channel, HandshakeReply.Welcome welcome, InputStream in, OutputStream out) {
        this.channel = channel;
        this.welcome = welcome;
        this.in = in;
        this.out = out;
    }

    /** Connects to the user's daemon and starts it if none runs; blocks up to 15 seconds. */
    public static Outcome<DaemonConnection> open(Hello hello) {
        return DaemonClient.ofThisProcess().connectOrStart(hello);
    }

    /** Connects only if a daemon runs; the failure's code is then {@code daemon.notRunning}. */
    public static Outcome<DaemonConnection> openRunning(Hello hello) {
        return DaemonClient.ofThisProcess().connect(hello);
    }

    /** Connects to the daemon of that folder, if one runs there. */
    public static Outcome<DaemonConnection> openRunning(RuntimeFolder folder, Hello hello) {
        return DaemonClient.connect(folder, hello);
    }

    public HandshakeReply.Welcome welcome() {
        return welcome;
    }

    public InputStream in() {
        return in;
    }

    public OutputStream out() {
        return out;
    }

    @Override
    public void close() {
        Closing.quietly(channel);
    }
}
