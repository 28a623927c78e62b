package dev.drawbridge;

import dev.drawbridge.cli.DrawbridgeCommand;
import dev.drawbridge.cli.ProxyCommand;
import dev.drawbridge.daemon.DaemonProcess;
import dev.drawbridge.daemon.relay.LspRelay;
import java.util.Arrays;
import java.util.List;

/**
 * Entry point of every Drawbridge process. What an editor or host waits for is dispatched here by hand; everything else
 * goes through picocli, which would cost each of them as much time as the JVM itself.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        int code = run(args);
        // Threads that wait for an editor or a socket must not keep the process alive. A relay has nothing to do on its
        // way
        // out, and the usual exit would set up the JDK's logging first, to say that it exits.
        if (args.length > 0 && (args[0].equals("proxy") || args[0].equals("lsp"))) {
            Runtime.getRuntime().halt(code);
        }
        System.exit(code);
    }

    private static int run(String[] args) throws Exception {
        List<String> words = Arrays.asList(args);
        if (!words.isEmpty() && !words.contains("--help") && !words.contains("-h")) {
            List<String> rest = words.subList(1, words.size());
            if (words.getFirst().equals("lsp")) {
                return LspRelay.main(rest);
            }
            if (words.getFirst().equals("proxy")) {
                return ProxyCommand.serve(rest);
            }
            if (words.getFirst().equals("daemon")) {
                return DaemonProcess.run(rest);
            }
        }
        return DrawbridgeCommand.run(args);
    }
}
