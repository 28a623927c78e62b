package dev.drawbridge.cli;

import dev.drawbridge.daemon.relay.ProxyRelay;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code drawbridge proxy}, as far as {@code --help} needs it: hosts are served before picocli is loaded. */
@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        description = {
            "The AI host's end: one MCP server on standard input and output. Starts the daemon if none runs.",
            "",
            "TARGET is a server's name from mcp.json, or a URL, or --all for every configured server as one, whose"
                    + " tools are named server__tool. With a URL the flags of the npm package mcp-remote have the same"
                    + " meaning:",
            "  [PORT] --header --header-file --resource --disable-resource-parameter --authorize-param --host",
            "  --callback-path --allow-http --static-oauth-client-metadata --static-oauth-client-info",
            "  --client-metadata-url --client-credentials --token-endpoint --device-code --use-id-token",
            "  --auth-success-url --auth-timeout --ignore-tool --silent",
            "  --transport http-first|sse-first|http-only|sse-only (which transport is tried, and first)",
            "  --connect-timeout S (10: the longest TCP and TLS handshake)",
            "  --headers-timeout S, --body-timeout S (300, 0 for none: the wait for a response's headers, the silence"
                    + " within its body)",
            "  --keep-alive, --ping-interval S (30: pings, in the initialize era)",
            "  --ipv4 (only IPv4 addresses) --disable-cookies",
            "  --debug (a verbose record, without secrets, in a file whose path is said on standard error)",
            "  --protocol --enable-proxy (accepted: both eras and the environment's proxies are always tried)",
            "",
            "Drawbridge's own: --oauth JSON|@file (the oauth object of mcp.json), --account LABEL, and"
                    + " --open-browser, which opens the browser when a sign-in becomes necessary."
        })
public final class ProxyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TARGET", arity = "0..*", description = "A server's name or URL, and a callback port.")
    private List<String> words = List.of();

    @Unmatched
    private List<String> flags = List.of();

    @Override
    public Integer call() {
        return serve(Stream.concat(words.stream(), flags.stream()).toList());
    }

    /** Serves a host; no lambda on the way, because linking the first one takes longer than everything else here. */
    public static int serve(List<String> args) {
        return ProxyRelay.main(args, new ProxyRelay.Browser() {
            @Override
            public void open(String url) {
                BrowserLauncher.ofThisProcess().open(URI.create(url));
            }
        });
    }
}
