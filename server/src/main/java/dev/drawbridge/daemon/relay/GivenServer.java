package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.relay.ProxyArguments.BadArguments;
import dev.drawbridge.mcp.json.JsonSlices;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A server that the command line describes, as the entry of an mcp.json would describe it. */
record GivenServer(String name, String definition, List<String> remarks) {
    private static final int LONGEST_NAME = 200;

    /** Milliseconds, a day; no time limit is longer. */
    private static final long LONGEST = 86_400_000;

    static GivenServer of(String url, List<String> port, List<String> flags, Map<String, String> environment)
            throws BadArguments {
        return new Reader(environment).read(url, port, flags);
    }

    /** Headers can be secrets. */
    @Override
    public String toString() {
        return "GivenServer[" + name + "]";
    }

    /** Gathers the members of the definition, each already JSON text. */
    private static final class Reader {
        private final Map<String, String> environment;
        private final List<String> remarks = new ArrayList<>();
        private final Map<String, String> server = new LinkedHashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final GivenSignIn signIn = new GivenSignIn(remarks);
        private boolean allowHttp;

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        GivenServer read(String url, List<String> port, List<String> flags) throws BadArguments {
            for (int i = 0; i < flags.size(); i += 2) {
                take(flags.get(i), flags.get(i + 1));
            }
            String name = check(url);
            server.put("url", literal(url));
            if (!headers.isEmpty()) {
                server.put("headers", object(headers));
            }
            RawJson oauth = signIn.object(port, allowHttp);
            if (!oauth.equals(RawJson.EMPTY_OBJECT)) {
                server.put("oauth", oauth.text());
            }
            return new GivenServer(name, object(server), List.copyOf(remarks));
        }

        private void take(String flag, String value) throws BadArguments {
            switch (flag) {
                case "--header" -> header(value);
                case "--header-file" -> {
                    for (String line : file(flag, value).lines().toList()) {
                        if (!line.isBlank() && !line.strip().startsWith("#")) {
                            header(line);
                        }
                    }
                }
                case "--resource" -> signIn.resource(value);
                case "--disable-resource-parameter" -> signIn.resource("");
                case "--authorize-param" -> signIn.authorizeParam(value);
                case "--host" -> signIn.host(value);
                case "--callback-path" -> signIn.callbackPath(value);
                case "--auth-success-url" -> signIn.successUrl(value);
                case "--auth-timeout" -> signIn.timeout(value);
                case "--token-endpoint" -> signIn.tokenEndpoint(value);
                case "--use-id-token" -> signIn.useIdToken();
                case "--transport" -> transport(value);
                case "--connect-timeout" -> seconds(flag, value, "connectTimeout", false);
                case "--headers-timeout" -> seconds(flag, value, "headersTimeout", true);
                case "--body-timeout" -> seconds(flag, value, "bodyTimeout", true);
                case "--ping-interval" -> seconds(flag, value, "pingInterval", false);
                case "--keep-alive" -> server.put("keepAlive", "true");
                case "--ipv4" -> server.put("ipv4", "true");
                case "--static-oauth-client-info" -> clientInfo(json(flag, value));
                case "--static-oauth-client-metadata" -> signIn.clientMetadata(json(flag, value));
                case "--client-metadata-url" -> signIn.put("clientMetadataUrl", value);
                case "--client-credentials" -> signIn.put("grant", "client_credentials");
                case "--device-code" -> signIn.put("grant", "device_code");
                case "--account" -> signIn.put("account", value);
                case "--oauth" ->
                    signIn.own(RawJson.of(value.startsWith("@") ? file(flag, value.substring(1)) : value));
                case "--allow-http" -> allowHttp = true;
                case "--disable-cookies" -> server.put("cookies", "false");
                default -> throw new IllegalStateException(flag);
            }
        }

        private String check(String url) throws BadArguments {
            URI uri = GivenUrl.web("the server's URL", url);
            if (GivenUrl.isPlainHttp(uri) && !allowHttp) {
                throw new BadArguments("http is unencrypted; use https, or say --allow-http in a trusted network.");
            }
            String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
            // Without the user and password a URL may hold: the name is shown and logged.
            String name = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + path;
            return name.substring(0, Math.min(LONGEST_NAME, name.length()));
        }

        private void header(String line) throws BadArguments {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new BadArguments("a header is written \"Name: value\".");
            }
            String name = line.substring(0, colon).strip();
            headers.put(name, literal(expand(line.substring(colon + 1).strip(), "the header " + name)));
        }

        private void transport(String value) throws BadArguments {
            ProxyArguments.oneOf("--transport", value, Set.of("http-first", "sse-first", "http-only", "sse-only"));
            // The last one has a name that every program's configuration knows.
            server.put("type", JsonText.quote(value.equals("sse-only") ? "sse" : value));
        }

        /** A number of seconds, perhaps with a fraction; zero, where it is allowed, switches a limit off. */
        private void seconds(String flag, String value, String member, boolean orOff) throws BadArguments {
            long millis = -1;
            if (value.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
                millis = Math.min(Math.round(Double.parseDouble(value) * 1000), LONGEST);
            }
            if (millis < 0 || millis == 0 && !orOff) {
                throw new BadArguments(flag + " is a number of seconds" + (orOff ? ", or 0 for no limit." : "."));
            }
            server.put(member, JsonText.quote(millis + "ms"));
        }

        private void clientInfo(JsonSlices info) throws BadArguments {
            String id = info.string("client_id").orElse("");
            if (id.isEmpty()) {
                throw new BadArguments("--static-oauth-client-info has no client_id.");
            }
            signIn.put("clientId", expand(id, "client_id"));
            if (info.string("client_secret").isPresent()) {
                signIn.put("clientSecret", expand(info.string("client_secret").orElse(""), "client_secret"));
            }
            if (info.string("token_endpoint_auth_method").isPresent()) {
                signIn.put(
                        "tokenEndpointAuthMethod",
                        info.string("token_endpoint_auth_method").orElse(""));
            }
        }

        private JsonSlices json(String flag, String value) throws BadArguments {
            String text = value.startsWith("@") ? file(flag, value.substring(1)) : value;
            try {
                return JsonSlices.ofObject(RawJson.of(text).bytes());
            } catch (MalformedJson e) {
                throw new BadArguments(flag + " is no JSON object: " + e.getMessage() + ".");
            }
        }

        private static String file(String flag, String path) throws BadArguments {
            try {
                return Files.readString(Path.of(path));
            } catch (IOException | RuntimeException e) {
                throw new BadArguments("the file of " + flag + " cannot be read: " + path + ".");
            }
        }

        /** Variables as mcp-remote reads them: one that is not set stays as it is written. */
        private String expand(String text, String where) {
            StringBuilder out = new StringBuilder();
            int at = 0;
            while (at < text.length()) {
                int open = text.indexOf("${", at);
                int close = open < 0 ? -1 : text.indexOf('}', open);
                if (close < 0) {
                    break;
                }
                String variable = text.substring(open + 2, close);
                out.append(text, at, open);
                if (environment.containsKey(variable)) {
                    out.append(environment.getOrDefault(variable, ""));
                } else {
                    remarks.add("the variable " + variable + " of " + where + " is not set; it stays as written.");
                    out.append(text, open, close + 1);
                }
                at = close + 1;
            }
            return out.append(text, at, text.length()).toString();
        }
    }

    /** A JSON string that means exactly this text: a configuration file would expand what looks like a variable. */
    static String literal(String text) {
        return JsonText.quote(text.replace("${", "$${"));
    }

    /** An object of members that are JSON already. */
    static String object(Map<String, String> members) {
        StringBuilder out = new StringBuilder("{");
        String separator = "";
        for (Map.Entry<String, String> member : members.entrySet()) {
            out.append(separator)
                    .append(JsonText.quote(member.getKey()))
                    .append(':')
                    .append(member.getValue());
            separator = ",";
        }
        return out.append('}').toString();
    }
}
