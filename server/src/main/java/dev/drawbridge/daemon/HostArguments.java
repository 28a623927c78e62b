package dev.drawbridge.daemon;

import dev.drawbridge.hub.HostTarget;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.proxy.HostOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code drawbridge proxy} asks the daemon for, in the fixed form its own command line was turned into.
 *
 * @param target none for all servers as one
 * @param debug whether a verbose record is to be kept
 */
record HostArguments(Optional<HostTarget> target, HostOptions options, boolean debug) {
    static HostArguments of(List<String> args) throws IOException {
        Optional<HostTarget> target = Optional.empty();
        List<String> ignored = new ArrayList<>();
        boolean openBrowser = false;
        boolean all = false;
        boolean debug = false;
        for (Iterator<String> words = args.iterator(); words.hasNext(); ) {
            switch (words.next()) {
                case "--server" -> target = Optional.of(new HostTarget.Configured(new ServerName(words.next())));
                case "--definition" ->
                    target = Optional.of(new HostTarget.Given(new ServerName(words.next()), RawJson.of(words.next())));
                case "--all" -> all = true;
                case "--ignore-tool" -> ignored.add(words.next());
                case "--open-browser" -> openBrowser = true;
                case "--debug" -> debug = true;
                default -> {
                    // A newer proxy may say more than this daemon knows.
                }
            }
        }
        if (target.isEmpty() && !all) {
            throw new IOException("a proxy did not say which server it wants");
        }
        return new HostArguments(target, new HostOptions(ignored, openBrowser), debug);
    }
}
