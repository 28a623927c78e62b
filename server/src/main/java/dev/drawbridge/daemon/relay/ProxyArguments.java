package dev.drawbridge.daemon.relay;

import dev.drawbridge.mcp.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The command line of {@code drawbridge proxy}: that of the npm package mcp-remote 0.15, flag by flag, and a few of ours.
 * What is unknown is an error.
 *
 * @param forDaemon what the daemon needs to know, in a fixed form
 * @param remarks sentences for the person who wrote the command line
 */
record ProxyArguments(List<String> forDaemon, List<String> remarks, boolean silent) {
    /** The command line cannot be used; the message says why. */
    static final class BadArguments extends Exception {
        private static final long serialVersionUID = 1L;

        BadArguments(String message) {
            super(message);
        }
    }

    /** Flags with a value that shape the connection or the sign-in; see {@link GivenServer}. */
    static final Set<String> SERVER_VALUES = Set.of(
            "--header",
            "--header-file",
            "--resource",
            "--authorize-param",
            "--host",
            "--callback-path",
            "--transport",
            "--connect-timeout",
            "--ping-interval",
            "--headers-timeout",
            "--body-timeout",
            "--static-oauth-client-metadata",
            "--static-oauth-client-info",
            "--client-metadata-url",
            "--oauth",
            "--account",
            "--auth-success-url",
            "--auth-timeout",
            "--token-endpoint");

    static final Set<String> SERVER_SWITCHES = Set.of(
            "--disable-resource-parameter",
            "--allow-http",
            "--client-credentials",
            "--device-code",
            "--keep-alive",
            "--ipv4",
            "--disable-cookies",
            "--use-id-token");

    /** Switches that ask for what Drawbridge does anyway: proxies from the environment. */
    private static final Set<String> ALWAYS = Set.of("--enable-proxy");

    static ProxyArguments parse(List<String> args, Map<String, String> environment) throws BadArguments {
        List<String> words = new ArrayList<>();
        List<String> serverFlags = new ArrayList<>();
        List<String> forDaemon = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        boolean silent = false;
        boolean all = false;
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--")) {
                words.add(arg);
            } else if (SERVER_SWITCHES.contains(arg)) {
                serverFlags.add(arg);
                serverFlags.add("");
            } else if (arg.equals("--silent")) {
                silent = true;
            } else if (arg.equals("--open-browser") || arg.equals("--debug")) {
                forDaemon.add(arg);
            } else if (arg.equals("--all")) {
                all = true;
            } else if (SERVER_VALUES.contains(arg) || arg.equals("--ignore-tool") || arg.equals("--protocol")) {
                if (i + 1 == args.size()) {
                    throw new BadArguments(arg + " needs a value.");
                }
                String value = args.get(++i);
                if (SERVER_VALUES.contains(arg)) {
                    serverFlags.add(arg);
                    serverFlags.add(value);
                } else if (arg.equals("--ignore-tool")) {
                    forDaemon.add(arg);
                    forDaemon.add(value);
                } else {
                    oneOf(arg, value, Set.of("legacy", "auto"));
                }
            } else if (!ALWAYS.contains(arg)) {
                throw new BadArguments("the flag " + arg + " is unknown; see drawbridge proxy --help.");
            }
        }
        if (all) {
            if (!words.isEmpty() || !serverFlags.isEmpty()) {
                throw new BadArguments(
                        "--all stands for every server of mcp.json; it takes no name, URL or flag of one.");
            }
            forDaemon.addFirst("--all");
            return new ProxyArguments(List.copyOf(forDaemon), List.copyOf(remarks), silent);
        }
        if (words.isEmpty() || words.size() > 2) {
            throw new BadArguments(
                    "say which server: a name from mcp.json, or a URL, and perhaps a callback port; or --all.");
        }
        String target = words.getFirst();
        List<String> first = new ArrayList<>();
        if (target.contains("://")) {
            GivenServer server = GivenServer.of(target, words.subList(1, words.size()), serverFlags, environment);
            first.addAll(List.of("--definition", server.name(), server.definition()));
            remarks.addAll(server.remarks());
        } else {
            if (!serverFlags.isEmpty() || words.size() == 2) {
                String flag = serverFlags.isEmpty() ? "A callback port" : serverFlags.getFirst();
                throw new BadArguments(flag + " goes with a URL; the server " + JsonText.quote(target)
                        + " is set up in its mcp.json.");
            }
            first.addAll(List.of("--server", target));
        }
        first.addAll(forDaemon);
        return new ProxyArguments(List.copyOf(first), List.copyOf(remarks), silent);
    }

    static void oneOf(String flag, String value, Set<String> allowed) throws BadArguments {
        if (!allowed.contains(value)) {
            throw new BadArguments(flag + " is one of "
                    + String.join(", ", allowed.stream().sorted().toList()) + ", not " + JsonText.quote(value) + ".");
        }
    }

    /** Arguments can be secrets. */
    @Override
    public String toString() {
        return "ProxyArguments[" + forDaemon.size() + " words]";
    }
}
