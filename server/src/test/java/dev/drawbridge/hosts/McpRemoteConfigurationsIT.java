package dev.drawbridge.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drawbridge.cli.demo.FormBrowser;
import dev.drawbridge.hosts.Host.Era;
import dev.drawbridge.journeys.Desk;
import dev.drawbridge.testkit.Conversation;
import dev.drawbridge.testkit.EverythingServer;
import dev.drawbridge.testkit.Fault;
import dev.drawbridge.testkit.OidcProvider;
import dev.drawbridge.testkit.ProtectedMcpServer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Entries of the kind that mcp-remote's users have in their hosts' configurations: with {@code drawbridge proxy} in the
 * place of {@code npx mcp-remote} each of them works, and the servers see what its flags ask for.
 */
@Tag("full")
@ExtendWith(Conversation.class)
final class McpRemoteConfigurationsIT {
    private static final String SECRET = "a secret among robots";
    private static OidcProvider issuer;
    private static ProtectedMcpServer closed;
    private static ProtectedMcpServer open;
    private static ProtectedMcpServer identity;
    private static EverythingServer events;
    private static Desk desk;

    /**
     * One entry.
     *
     * @param json as it stands in a host's configuration, with quotes of one kind
     * @param proof tries the host and looks at the servers
     */
    record Entry(String json, Consumer<Host> proof) {}

    @BeforeAll
    static void start() {
        issuer = new OidcProvider(McpRemoteConfigurationsIT::clients);
        closed = new ProtectedMcpServer(issuer);
        open = new ProtectedMcpServer(issuer, settings -> {
            settings.addProperty("open", true);
            settings.addProperty("cookie", "machine=seven");
        });
        identity = new ProtectedMcpServer(issuer, settings -> {
            settings.add("scopes", new JsonArray());
            settings.addProperty("audience", "by-hand");
        });
        events = EverythingServer.overSse();
        desk = Desk.withKeyring();
    }

    @AfterAll
    static void end() {
        desk.close();
        events.close();
        identity.close();
        open.close();
        closed.close();
        issuer.close();
    }

    /** Two clients that were registered by hand: one of a person's, one of a machine's. */
    private static void clients(JsonObject settings) {
        JsonObject person = Host.of("client_id", "by-hand");
        person.addProperty("token_endpoint_auth_method", "none");
        person.addProperty("application_type", "native");
        person.add("redirect_uris", texts("http://localhost/oauth/callback", "http://127.0.0.1/oauth/callback"));
        JsonObject machine = Host.of("client_id", "robot");
        machine.addProperty("client_secret", SECRET);
        machine.add("redirect_uris", new JsonArray());
        machine.add("response_types", new JsonArray());
        machine.add("grant_types", texts("client_credentials"));
        machine.addProperty("token_endpoint_auth_method", "client_secret_basic");
        JsonArray clients = new JsonArray();
        clients.add(person);
        clients.add(machine);
        settings.add("clients", clients);
    }

    @ParameterizedTest
    @MethodSource
    void eachEntryWorks(Entry entry) throws Exception {
        JsonObject json = JsonParser.parseString(entry.json.replace('\'', '"')).getAsJsonObject();
        List<String> arguments = new ArrayList<>();
        json.getAsJsonArray("args").forEach(argument -> arguments.add(argument.getAsString()));
        arguments.removeIf(argument -> argument.equals("-y"));
        assertTrue(arguments.removeFirst().startsWith("mcp-remote"));
        Map<String, String> environment = new HashMap<>();
        if (json.has("env")) {
            json.getAsJsonObject("env")
                    .entrySet()
                    .forEach(variable -> environment.put(
                            variable.getKey(), variable.getValue().getAsString()));
        }
        try (Host host = Host.start(desk, "drop-in", Era.INITIALIZE, environment, arguments)) {
            host.greet();
            entry.proof.accept(host);
            assertEquals(List.of(), desk.opened());
        }
    }

    static Stream<Named<Entry>> eachEntryWorks() throws Exception {
        Path headers = desk.home().write("headers.txt", "# for the example\nX-Team: red and blue\n\nX-Two:2\n");
        Path client = desk.home().write("client.json", "{\"client_id\":\"by-hand\"}");
        int port = ForwardProxy.freePort();
        Map<String, Entry> entries = new LinkedHashMap<>();
        entries.put(
                "a header with a space and a variable",
                new Entry(
                        args(open.url(), "--header", "Authorization: Bearer ${AUTH_TOKEN}")
                                + ",'env':{'AUTH_TOKEN':'t0p secret'}}",
                        host -> sent(host, "authorization", "Bearer t0p secret")));
        entries.put(
                "a header without spaces, for hosts that mangle them",
                new Entry(
                        args(open.url(), "--header", "Authorization:${AUTH_HEADER}")
                                + ",'env':{'AUTH_HEADER':'Bearer from the environment'}}",
                        host -> sent(host, "authorization", "Bearer from the environment")));
        entries.put(
                "headers in a file", new Entry(args(open.url(), "--header-file", headers.toString()) + "}", host -> {
                    sent(host, "x-team", "red and blue");
                    sent(host, "x-two", "2");
                }));
        entries.put(
                "tools that are left out",
                new Entry(args(open.url(), "--ignore-tool", "s*", "--ignore-tool", "WHO*", "--silent") + "}", host -> {
                    assertEquals(List.of("echo", "large"), host.tools());
                    JsonObject blocked = Host.of("name", "whoami");
                    assertEquals(
                            -32603,
                            host.error("tools/call", blocked).get("code").getAsInt());
                    assertEquals(List.of(), host.diagnostics());
                }));
        entries.put(
                "cookies, which load balancers send sessions by",
                new Entry(args(open.url()) + "}", host -> sent(host, "cookie", "machine=seven")));
        entries.put(
                "no cookies",
                new Entry(args(open.url(), "--disable-cookies", "--header", "X-Sweet: no") + "}", host -> {
                    sent(host, "x-sweet", "no");
                    assertFalse(
                            open.headers().stream()
                                    .filter(seen -> seen.has("x-sweet"))
                                    .anyMatch(seen -> seen.has("cookie")),
                            "a cookie came back");
                }));
        entries.put(
                "time limits",
                new Entry(
                        args(open.url(), "--auth-timeout", "60", "--connect-timeout", "30", "--body-timeout", "0")
                                + "}",
                        McpRemoteConfigurationsIT::works));
        entries.put(
                "a server that does not answer in time",
                new Entry(args(open.url(), "--headers-timeout", "1", "--connect-timeout", "2.5") + "}", host -> {
                    works(host);
                    open.order(Fault.hang(open.url().getPath(), 1));
                    JsonObject call = Host.of("name", "echo");
                    call.add("arguments", Host.message("late"));
                    String said = host.error("tools/call", call).toString();
                    assertTrue(said.contains("did not answer tools/call echo within 1000 ms"), said);
                    works(host);
                }));
        entries.put(
                "pings, for gateways that reap what is quiet",
                new Entry(args(open.url(), "--keep-alive", "--ping-interval", "1") + "}", host -> {
                    works(host);
                    int before = open.messages("ping");
                    // Two connections are pinged: the shared one and the host's own.
                    Desk.until("the pings", () -> open.messages("ping") >= before + 4);
                    works(host);
                }));
        entries.put(
                "only IPv4",
                new Entry(
                        args(URI.create(open.url().toString().replace("127.0.0.1", "localhost")), "--ipv4") + "}",
                        McpRemoteConfigurationsIT::works));
        entries.put(
                "a server of 2024-11-05",
                new Entry(
                        args(events.url(), "--transport", "sse-only") + "}",
                        host -> assertEquals("Echo: events", host.call("echo", Host.message("events")))));
        entries.put(
                "a server of 2024-11-05, found out",
                new Entry(
                        args(events.url(), "--transport", "http-first") + "}",
                        host -> assertEquals("Echo: events", host.call("echo", Host.message("events")))));
        entries.put(
                "a server of today, found out",
                new Entry(args(open.url(), "--transport", "sse-first") + "}", McpRemoteConfigurationsIT::works));
        entries.put(
                "only Streamable HTTP, in whichever era",
                new Entry(
                        args(open.url(), "--transport", "http-only", "--protocol", "auto") + "}",
                        McpRemoteConfigurationsIT::works));
        entries.put(
                "a proxy that alone knows the server",
                proxied(new ForwardProxy(open.url().getPort())));
        entries.put(
                "a callback port, host and path",
                new Entry(
                        args(
                                        closed.url(),
                                        String.valueOf(port),
                                        "--host",
                                        "127.0.0.1",
                                        "--callback-path",
                                        "/custom/callback")
                                + "}",
                        host -> {
                            Map<String, String> asked = signIn(host);
                            assertEquals("http://127.0.0.1:" + port + "/custom/callback", asked.get("redirect_uri"));
                        }));
        entries.put(
                "a client registered by hand, in a file",
                new Entry(
                        args(
                                        closed.url(),
                                        String.valueOf(ForwardProxy.freePort()),
                                        "--static-oauth-client-info",
                                        "@" + client,
                                        "--static-oauth-client-metadata",
                                        "{\\\"scope\\\":\\\"mcp:tools offline_access\\\"}",
                                        "--authorize-param",
                                        "login_hint=alice",
                                        "--authorize-param",
                                        "prompt=consent")
                                + "}",
                        host -> {
                            int registered = issuer.registrations();
                            Map<String, String> asked = signIn(host);
                            assertEquals("by-hand", asked.get("client_id"));
                            assertEquals("mcp:tools offline_access", asked.get("scope"));
                            assertEquals("alice", asked.get("login_hint"));
                            assertEquals("consent", asked.get("prompt"));
                            assertEquals(registered, issuer.registrations(), "it needed no other registration");
                        }));
        entries.put(
                "a resource of its own",
                new Entry(
                        args(closed.url(), "--resource", "http://127.0.0.1:1/tenant") + "}",
                        host -> assertEquals(
                                "http://127.0.0.1:1/tenant", asked(host).get("resource"))));
        entries.put("no resource", new Entry(args(closed.url(), "--disable-resource-parameter") + "}", host -> {
            Map<String, String> asked = asked(host);
            assertFalse(asked.containsKey("resource"), asked.toString());
        }));
        entries.put(
                "no person at all",
                new Entry(
                        args(
                                        closed.url(),
                                        "--client-credentials",
                                        "--static-oauth-client-info",
                                        "{\\\"client_id\\\":\\\"robot\\\",\\\"client_secret\\\":\\\"${MCP_CLIENT_SECRET}\\\"}")
                                + ",'env':{'MCP_CLIENT_SECRET':'" + SECRET + "'}}",
                        host -> {
                            int before = issuer.tokens("client_credentials");
                            assertEquals("You are robot", host.call("whoami", new JsonObject()));
                            assertTrue(issuer.tokens("client_credentials") >= Math.max(1, before));
                        }));
        entries.put(
                "no person, and a token endpoint that nobody publishes",
                new Entry(
                        args(
                                        closed.url(),
                                        "--client-credentials",
                                        "--token-endpoint",
                                        issuer.issuer() + "/token",
                                        "--resource",
                                        closed.url().toString(),
                                        "--static-oauth-client-info",
                                        "{\\\"client_id\\\":\\\"robot\\\",\\\"client_secret\\\":\\\"${MCP_CLIENT_SECRET}\\\"}",
                                        "--static-oauth-client-metadata",
                                        "{\\\"scope\\\":\\\"mcp:tools\\\",\\\"token_endpoint_auth_method\\\":\\\"client_secret_basic\\\"}")
                                + ",'env':{'MCP_CLIENT_SECRET':'" + SECRET + "'}}",
                        McpRemoteConfigurationsIT::withoutDiscovery));
        entries.put(
                "the ID token in the access token's place",
                new Entry(
                        args(
                                        identity.url(),
                                        String.valueOf(ForwardProxy.freePort()),
                                        "--use-id-token",
                                        "--static-oauth-client-info",
                                        "@" + client)
                                + "}",
                        host -> {
                            Map<String, String> asked = signIn(host);
                            assertTrue(asked.getOrDefault("scope", "").contains("openid"), asked.toString());
                            int refreshed = issuer.tokens("refresh_token");
                            // Two ID tokens of one second are the same text, and the server drops tokens by their text.
                            long issued = Instant.now().getEpochSecond();
                            Desk.until("the next second", () -> Instant.now().getEpochSecond() > issued);
                            identity.dropTokens();
                            assertEquals("You are alice", host.call("whoami", new JsonObject()));
                            assertEquals(refreshed + 1, issuer.tokens("refresh_token"));
                        }));
        URI done = closed.url().resolve("/.well-known/oauth-protected-resource");
        entries.put(
                "a success page of one's own",
                new Entry(
                        args(
                                        closed.url(),
                                        "--auth-success-url",
                                        done.toString(),
                                        "--auth-timeout",
                                        "45",
                                        "--authorize-param",
                                        "ui_locales=de")
                                + "}",
                        host -> {
                            assertEquals(
                                    done.toString(), visit(address(host)).path().getLast());
                            Desk.until("the tools", () -> host.tools().contains("whoami"));
                            assertEquals("You are alice", host.call("whoami", new JsonObject()));
                        }));
        entries.put(
                "a client that says who it is",
                new Entry(
                        args(
                                        closed.url(),
                                        "--static-oauth-client-metadata",
                                        "{\\\"client_name\\\":\\\"Notes of the"
                                                + " team\\\",\\\"contacts\\\":[\\\"ann@example.com\\\"],"
                                                + "\\\"scope\\\":\\\"mcp:tools\\\"}",
                                        "--authorize-param",
                                        "ui_locales=fr")
                                + "}",
                        host -> {
                            Map<String, String> asked = signIn(host);
                            JsonObject registered = issuer.clients().getLast();
                            assertEquals(
                                    asked.get("client_id"),
                                    registered.get("client_id").getAsString());
                            assertEquals(
                                    "Notes of the team",
                                    registered.get("client_name").getAsString());
                            assertEquals(texts("ann@example.com"), registered.get("contacts"));
                            assertEquals(
                                    asked.get("scope"), registered.get("scope").getAsString());
                        }));
        entries.put(
                "a record of everything but secrets",
                new Entry(
                        args(closed.url(), "--debug", "--account", "recorded", "--header", "X-Key: ${KEY}")
                                + ",'env':{'KEY':'k3y of mine'}}",
                        host -> {
                            signIn(host);
                            String log = debugLog(host);
                            for (String part : List.of(
                                    "-> asks tools/call whoami",
                                    "server <- POST " + closed.url(),
                                    "server -> tools/call whoami: 200",
                                    "notice: Sign-in needed",
                                    "sign-in <- POST ",
                                    "info: Connected.")) {
                                assertTrue(log.contains(part), "no " + part + " in\n" + log);
                            }
                            for (String secret : closed.tokens()) {
                                assertFalse(log.contains(secret), log);
                            }
                            assertFalse(log.contains("k3y of mine") || log.contains("code="), log);
                        }));
        entries.put(
                "a record that is not talked about", new Entry(args(open.url(), "--debug", "--silent") + "}", host -> {
                    works(host);
                    assertEquals(List.of(), host.diagnostics());
                }));
        entries.put(
                "a code for a browser elsewhere",
                new Entry(args(closed.url(), "--device-code", "--header", "X-Device: yes") + "}", host -> {
                    String words = host.call("authenticate", new JsonObject());
                    assertTrue(issuer.requests().contains("POST /device/auth"), words);
                    assertTrue(words.contains("code "), words);
                    visit(SignInPage.in(words));
                    Desk.until("the tools", () -> host.tools().contains("whoami"));
                    assertEquals("You are alice", host.call("whoami", new JsonObject()));
                }));
        return entries.entrySet().stream().map(entry -> Named.of(entry.getKey(), entry.getValue()));
    }

    private static Entry proxied(ForwardProxy proxy) {
        URI hidden = URI.create(
                "http://notes.test:" + open.url().getPort() + open.url().getPath());
        return new Entry(
                args(hidden, "--allow-http", "--enable-proxy") + ",'env':{'HTTP_PROXY':'" + proxy.address() + "'}}",
                host -> {
                    try (proxy) {
                        works(host);
                        assertTrue(
                                proxy.asked().stream().allMatch(line -> line.contains(hidden.toString())),
                                proxy.asked().toString());
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
    }

    private static String args(URI url, String... flags) {
        StringBuilder json = new StringBuilder("{'command':'npx','args':['-y','mcp-remote@latest','" + url + "'");
        Stream.of(flags).forEach(flag -> json.append(",'").append(flag).append('\''));
        return json.append(']').toString();
    }

    private static void works(Host host) {
        assertTrue(host.tools().contains("echo"));
        assertEquals("Echo: drop-in", host.call("echo", Host.message("drop-in")));
    }

    /** It works, and this header was in what the server got. */
    private static void sent(Host host, String name, String value) {
        works(host);
        assertTrue(
                open.headers().stream()
                        .anyMatch(headers -> headers.has(name)
                                && headers.get(name).getAsString().equals(value)),
                () -> "no " + name + ": " + value + " in " + open.headers());
    }

    private static String debugLog(Host host) {
        String begin = "drawbridge: the debug log is ";
        String said = host.diagnostics().stream()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no path in " + host.diagnostics()));
        try {
            return Files.readString(Path.of(said.substring(begin.length(), said.length() - 1)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, String> signIn(Host host) {
        URI address = address(host);
        visit(address);
        Desk.until("the tools", () -> host.tools().contains("whoami"));
        assertEquals("You are alice", host.call("whoami", new JsonObject()));
        return query(address);
    }

    private static void withoutDiscovery(Host host) {
        int looked = issuer.counts().get("metadata").getAsInt()
                + closed.counts().get("metadata").getAsInt();
        assertEquals("You are robot", host.call("whoami", new JsonObject()));
        assertEquals(
                looked,
                issuer.counts().get("metadata").getAsInt()
                        + closed.counts().get("metadata").getAsInt());
    }

    private static Map<String, String> asked(Host host) {
        return query(address(host));
    }

    private static URI address(Host host) {
        return SignInPage.in(host.call("authenticate", new JsonObject()));
    }

    private static FormBrowser.Visit visit(URI address) {
        try {
            FormBrowser.Visit visit = new FormBrowser("alice").visit(address);
            assertEquals(200, visit.status(), visit::toString);
            return visit;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> query(URI address) {
        Map<String, String> query = new HashMap<>();
        for (String pair : address.getRawQuery().split("&")) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private static JsonArray texts(String... values) {
        JsonArray array = new JsonArray();
        for (String value : values) {
            array.add(value);
        }
        return array;
    }
}
