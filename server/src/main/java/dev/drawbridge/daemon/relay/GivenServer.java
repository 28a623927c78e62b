package dev.drawbridge.daemon.relay;

import dev.drawbridge.daemon.relay.ProxyArguments.BadArguments;
import dev.drawbridge.mcp.json.JsonEdit;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A server that the command line describes, as the entry of an mcp.json would describe it. */
record GivenServer(String name, String definition, List<String> remarks) {
    private static final int LONGEST_NAME = 200;
    private static final int MAX_PORT = 65_535;

    /** Seconds. */
    private static final int LONGEST_SILENCE = 3_600;

    /** The first of Drawbridge's own callback ports. */
    private static final int OWN_PORT = 48_801;

    private static final Set<String> FIXED_PARAMETERS =
            Set.of("client_id", "redirect_uri", "response_type", "state", "code_challenge", "code_challenge_method");

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
        private final Map<String, RawJson> oauth = new LinkedHashMap<>();
        private final Map<String, String> authorizeParams = new LinkedHashMap<>();
        private RawJson ownOAuth = RawJson.EMPTY_OBJECT;
        private String host = "";
        private String callbackPath = "";
        private boolean allowHttp;
        private int silence;

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        GivenServer read(String url, List<String> port, List<String> flags) throws BadArguments {
            for (int i = 0; i < flags.size(); i += 2) {
                take(flags.get(i), flags.get(i + 1));
            }
            String name = check(url);
            server.put("url", literal(url));
            redirect(port);
            if (!headers.isEmpty()) {
                server.put("headers", object(headers));
            }
            if (!authorizeParams.isEmpty()) {
                oauth.put("authorizeParams", RawJson.of(object(authorizeParams)));
            }
            try {
                RawJson settings = JsonEdit.with(RawJson.of("{}"), oauth);
                Map<String, RawJson> own = new LinkedHashMap<>();
                JsonSlices slices = JsonSlices.ofObject(ownOAuth.bytes());
                for (String member : slices.names()) {
                    own.put(member, slices.raw(member).orElse(RawJson.NULL));
                }
                settings = JsonEdit.with(settings, own);
                if (!settings.equals(RawJson.EMPTY_OBJECT)) {
                    server.put("oauth", settings.text());
                }
            } catch (MalformedJson e) {
                throw new BadArguments("--oauth is no JSON object: " + e.getMessage() + ".");
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
                case "--resource" ->
                    oauth.put("resource", RawJson.of(value.isEmpty() ? "false" : JsonText.quote(plain(value))));
                case "--disable-resource-parameter" -> oauth.put("resource", RawJson.of("false"));
                case "--authorize-param" -> {
                    int equals = value.indexOf('=');
                    if (equals < 1) {
                        throw new BadArguments("--authorize-param is written name=value.");
                    }
                    String parameter = value.substring(0, equals);
                    if (FIXED_PARAMETERS.contains(parameter)) {
                        throw new BadArguments("--authorize-param cannot set " + parameter + ".");
                    }
                    authorizeParams.put(parameter, literal(value.substring(equals + 1)));
                }
                case "--host" -> host = value;
                case "--callback-path" -> {
                    if (!value.startsWith("/")) {
                        throw new BadArguments("--callback-path begins with a slash.");
                    }
                    callbackPath = value;
                }
                case "--transport" -> transport(value);
                case "--headers-timeout", "--body-timeout" -> timeout(flag, value);
                case "--static-oauth-client-info" -> clientInfo(json(flag, value));
                case "--static-oauth-client-metadata" -> clientMetadata(json(flag, value));
                case "--client-metadata-url" -> put("clientMetadataUrl", value);
                case "--client-credentials" -> put("grant", "client_credentials");
                case "--device-code" -> put("grant", "device_code");
                case "--account" -> put("account", value);
                case "--oauth" -> ownOAuth = RawJson.of(value.startsWith("@") ? file(flag, value.substring(1)) : value);
                case "--allow-http" -> allowHttp = true;
                case "--disable-cookies" -> server.put("cookies", "false");
                default -> throw new IllegalStateException(flag);
            }
        }

        private String check(String url) throws BadArguments {
            try {
                URI uri = URI.create(url);
                String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
                String at = uri.getHost();
                if (at == null || !scheme.equals("https") && !scheme.equals("http")) {
                    throw new BadArguments("the server's URL starts with https:// or http://.");
                }
                boolean loopback = at.equals("localhost")
                        || at.endsWith(".localhost")
                        || at.startsWith("127.")
                        || at.equals("[::1]");
                if (scheme.equals("http") && !loopback && !allowHttp) {
                    throw new BadArguments("http is unencrypted; use https, or say --allow-http in a trusted network.");
                }
                String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
                String name = uri.getRawAuthority() + path;
                return name.substring(0, Math.min(LONGEST_NAME, name.length()));
            } catch (IllegalArgumentException e) {
                throw new BadArguments("this is no URL: " + e.getMessage() + ".");
            }
        }

        /** A given port is what the client was registered with, so all of the redirect URI has to be as it was there. */
        private void redirect(List<String> port) throws BadArguments {
            if (port.isEmpty() && host.isEmpty() && callbackPath.isEmpty()) {
                return;
            }
            int number = OWN_PORT;
            if (!port.isEmpty()) {
                String text = port.getFirst();
                number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
                if (number < 1 || number > MAX_PORT) {
                    throw new BadArguments("the callback port is a number from 1 to 65535, not " + text + ".");
                }
            }
            oauth.put("callbackPort", RawJson.of(String.valueOf(number)));
            put(
                    "redirectUri",
                    "http://" + (host.isEmpty() ? "localhost" : host) + ":" + number
                            + (callbackPath.isEmpty() ? "/oauth/callback" : callbackPath));
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
            switch (value) {
                case "http-only" -> server.put("type", "\"http\"");
                case "sse-only" -> server.put("type", "\"sse\"");
                // Both are tried in either case; no server is known to offer both at one address.
                default -> server.remove("type");
            }
        }

        /** Both bound how long a call may be silent; the longer one counts, and none means the longest there is. */
        private void timeout(String flag, String value) throws BadArguments {
            if (!value.matches("[0-9]{1,5}")) {
                throw new BadArguments(flag + " is a number of seconds.");
            }
            int seconds = Integer.parseInt(value);
            silence = Math.max(silence, seconds == 0 ? LONGEST_SILENCE : Math.min(seconds, LONGEST_SILENCE));
            server.put("timeout", JsonText.quote(silence + "s"));
        }

        private void clientInfo(JsonSlices info) throws BadArguments {
            String id = info.string("client_id").orElse("");
            if (id.isEmpty()) {
                throw new BadArguments("--static-oauth-client-info has no client_id.");
            }
            put("clientId", expand(id, "client_id"));
            if (info.string("client_secret").isPresent()) {
                put("clientSecret", expand(info.string("client_secret").orElse(""), "client_secret"));
            }
            if (info.string("token_endpoint_auth_method").isPresent()) {
                put(
                        "tokenEndpointAuthMethod",
                        info.string("token_endpoint_auth_method").orElse(""));
            }
        }

        private void clientMetadata(JsonSlices metadata) {
            for (String member : metadata.names()) {
                String value = metadata.string(member).orElse("");
                switch (member) {
                    case "scope" -> put("scopes", value);
                    case "token_endpoint_auth_method" -> put("tokenEndpointAuthMethod", value);
                    default ->
                        remarks.add(
                                "of --static-oauth-client-metadata, " + JsonText.quote(member) + " has no effect yet.");
                }
            }
        }

        private void put(String member, String value) {
            oauth.put(member, RawJson.of(literal(value)));
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

        /** A JSON string that means exactly this text: a configuration file would expand what looks like a variable. */
        private static String literal(String text) {
            return JsonText.quote(plain(text));
        }

        private static String plain(String text) {
            return text.replace("${", "$${");
        }

        private static String object(Map<String, String> members) {
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
}
