package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drawbridge.hub.LiveHub;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.mcp.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All servers as one, at a real face with a real hub. */
@Timeout(120)
final class AllServersTest {
    private static final String CAPABILITIES = "{\"tools\":{\"listChanged\":true},\"resources\":{\"subscribe\":true},"
            + "\"prompts\":{},\"completions\":{},\"logging\":{}}";

    private final CountDownLatch slow = new CountDownLatch(1);

    @TempDir
    Path folder;

    private LiveHub hub(Map<String, ScriptedServer> servers) throws IOException {
        String entries = new TreeMap<>(servers)
                .entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\":{\"url\":\""
                                + entry.getValue().url() + "\"}")
                        .collect(Collectors.joining(",", "{\"mcpServers\":{", "}}"));
        Files.writeString(folder.resolve("mcp.json"), entries);
        return TestHub.in(folder);
    }

    /** A server of the initialize era whose answers say who gave them. */
    private ScriptedServer server(String name) {
        return new ScriptedServer(ask -> serve(name, ask));
    }

    private void serve(String name, ScriptedServer.Ask ask) throws IOException, InterruptedException {
        String params = ask.body().contains("\"params\"")
                ? ask.json().getAsJsonObject("params").toString()
                : "{}";
        switch (ask.method()) {
            case "initialize" ->
                ask.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":" + CAPABILITIES
                        + ",\"instructions\":\"I am " + name + ".\",\"serverInfo\":{\"name\":\"" + name
                        + "\",\"version\":\"1\"}}");
            case "tools/list" -> {
                if (name.equals("slow")) {
                    assertTrue(slow.await(60, TimeUnit.SECONDS));
                }
                if (params.contains("cursor")) {
                    ask.result("{\"tools\":[{\"name\":\"second\",\"of\":\"" + name + "\"}]}");
                } else {
                    ask.result(
                            "{\"tools\":[{\"name\":\"same\",\"x\":1e2,\"of\":\"" + name + "\"}],\"nextCursor\":\"\"}");
                }
            }
            case "prompts/list" -> ask.result("{\"prompts\":[{\"name\":\"greet\"}]}");
            case "resources/list" ->
                ask.result("{\"resources\":[{\"uri\":\"file:///same\",\"name\":\"s\"},{\"uri\":\"" + name
                        + "://own\",\"name\":\"o\"}]}");
            case "resources/templates/list" ->
                ask.result("{\"resourceTemplates\":[{\"uriTemplate\":\"" + name + "://of/{id}\",\"name\":\"t\"}]}");
            case "server/discover" -> ask.error(400, -32601, "");
            case "tools/call",
                    "prompts/get",
                    "resources/read",
                    "completion/complete",
                    "resources/subscribe",
                    "logging/setLevel" -> ask.result("{\"by\":\"" + name + "\",\"got\":" + params + "}");
            default -> ask.status(ask.title().startsWith("GET") ? 405 : 202);
        }
    }

    private static Set<String> names(JsonObject result, String list, String member) {
        return result.getAsJsonArray(list).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(item -> item.get(member).getAsString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String got(JsonObject result) {
        return result.get("by").getAsString() + " " + result.get("got");
    }

    @Test
    void oneServerAmongTwoIsMeantByName() throws Exception {
        try (ScriptedServer one = server("one");
                ScriptedServer two = server("two");
                LiveHub hub = hub(Map.of("one", one, "two", two));
                HostAtFace host = HostAtFace.ofAll(hub, new HostOptions(List.of("*__second"), false))) {
            host.initialize("2025-11-25", "{}");
            JsonObject tools = host.result("tools/list", "{}");
            assertEquals(Set.of("one__same", "two__same"), names(tools, "tools", "name"), host::toString);
            assertFalse(tools.has("nextCursor"));
            assertTrue(tools.toString().contains("\"x\":1e2"), "the rest of a tool is its server's own bytes");
            assertEquals(
                    "two {\"name\":\"same\",\"arguments\":{\"a\":1e2}}",
                    got(host.result("tools/call", "{\"name\":\"two__same\",\"arguments\":{\"a\":1e2}}")));
            assertEquals(
                    -32603,
                    host.error("tools/call", "{\"name\":\"one__second\"}")
                            .get("code")
                            .getAsInt());
            assertEquals(
                    -32602,
                    host.error("tools/call", "{\"name\":\"three__same\"}")
                            .get("code")
                            .getAsInt());
            assertEquals(
                    Set.of("one__greet", "two__greet"), names(host.result("prompts/list", "{}"), "prompts", "name"));
            assertEquals("one {\"name\":\"greet\"}", got(host.result("prompts/get", "{\"name\":\"one__greet\"}")));
            assertEquals(
                    "two {\"ref\":{\"type\":\"ref/prompt\",\"name\":\"greet\"},\"argument\":{\"name\":\"a\",\"value\":\"\"}}",
                    got(
                            host.result(
                                    "completion/complete",
                                    "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"two__greet\"},\"argument\":{\"name\":\"a\",\"value\":\"\"}}")));
            assertEquals(-32601, host.error("nobody/knows", "{}").get("code").getAsInt());
        }
    }

    @Test
    void aResourceGoesToTheServerThatListsIt() throws Exception {
        try (ScriptedServer one = server("one");
                ScriptedServer two = server("two");
                LiveHub hub = hub(Map.of("one", one, "two", two));
                HostAtFace host = HostAtFace.ofAll(hub, HostOptions.DEFAULT)) {
            host.initialize("2025-11-25", "{}");
            String others = "drawbridge://two/file%3A%2F%2F%2Fsame";
            assertEquals(
                    Set.of("file:///same", "one://own", "two://own", others),
                    names(host.result("resources/list", "{}"), "resources", "uri"));
            host.result("resources/templates/list", "{}");
            assertEquals("one {\"uri\":\"file:///same\"}", read(host, "file:///same"));
            assertEquals("two {\"uri\":\"file:///same\"}", read(host, others));
            assertEquals("two {\"uri\":\"two://own\"}", read(host, "two://own"));
            assertEquals("two {\"uri\":\"two://of/7\"}", read(host, "two://of/7"));
            assertEquals("one {\"uri\":\"unlisted:x\"}", read(host, "unlisted:x"));
        }
    }

    private static String read(HostAtFace host, String uri) throws Exception {
        return got(host.result("resources/read", "{\"uri\":\"" + uri + "\"}"));
    }

    @Test
    void aSlowServerDelaysNobodyAndIsMissedNoLonger() throws Exception {
        try (ScriptedServer one = server("one");
                ScriptedServer two = server("slow");
                LiveHub hub = hub(Map.of("one", one, "slow", two));
                HostAtFace host = HostAtFace.ofAll(hub, HostOptions.DEFAULT)) {
            host.initialize("2025-11-25", "{}");
            assertEquals(
                    Set.of("one__same", "one__second"),
                    names(host.result("tools/list", "{}"), "tools", "name"),
                    host::toString);
            slow.countDown();
            host.hear("notifications/tools/list_changed");
            assertEquals(
                    Set.of("one__same", "one__second", "slow__same", "slow__second"),
                    names(host.result("tools/list", "{}"), "tools", "name"));
        }
    }

    @Test
    void aServerThatNeedsASignInOffersThat() throws Exception {
        try (ScriptedServer one = server("one");
                ScriptedServer locked = new ScriptedServer(
                        ask -> ask.responseHeader("WWW-Authenticate", "Bearer").status(401));
                LiveHub hub = hub(Map.of("one", one, "locked", locked));
                HostAtFace host = HostAtFace.ofAll(hub, HostOptions.DEFAULT)) {
            host.initialize("2025-11-25", "{}");
            assertEquals(
                    Set.of("one__same", "one__second", "locked__authenticate"),
                    names(host.result("tools/list", "{}"), "tools", "name"),
                    host::toString);
            JsonObject answer = host.result("tools/call", "{\"name\":\"locked__authenticate\"}");
            assertTrue(answer.has("content"), host::toString);
            assertEquals(
                    "one",
                    host.result("tools/call", "{\"name\":\"one__same\"}")
                            .get("by")
                            .getAsString());
        }
    }

    @Test
    void aStatelessHostHasThemAllAsWell() throws Exception {
        try (ScriptedServer one = server("one");
                ScriptedServer two = server("two");
                LiveHub hub = hub(Map.of("one", one, "two", two));
                HostAtFace host = HostAtFace.ofAll(hub, HostOptions.DEFAULT)) {
            JsonObject hello = host.result("server/discover", "{" + HostAtFace.STATELESS + "}");
            assertEquals("complete", hello.get("resultType").getAsString());
            JsonObject tools = host.result("tools/list", "{" + HostAtFace.STATELESS + "}");
            assertEquals(4, names(tools, "tools", "name").size(), host::toString);
            assertEquals("private", tools.get("cacheScope").getAsString());
            JsonObject result = host.result("tools/call", "{\"name\":\"two__same\"," + HostAtFace.STATELESS + "}");
            assertEquals("two", result.get("by").getAsString());
            assertEquals("complete", result.get("resultType").getAsString());
        }
    }

    @Test
    void namesAreFitForEveryModelAndNoTwoAreOne() {
        ServerName plain = new ServerName("github");
        assertEquals("github__create_issue", JoinedNames.of(plain, "create_issue"));
        Set<String> all = new TreeSet<>();
        List<String> tools =
                List.of("a".repeat(80), "a".repeat(81), "a.b", "a/b", "a_b", "ä", "_a", "", "x".repeat(60), "日本");
        for (String server : List.of("github", "my server", "my_server", "my__server", "my_", "ü", "s".repeat(70))) {
            for (String tool : tools) {
                String name = JoinedNames.of(new ServerName(server), tool);
                assertTrue(name.matches("[A-Za-z0-9_-]{1,64}"), name);
                assertTrue(all.add(name), () -> name + " is the name of two");
                assertEquals(name, JoinedNames.of(new ServerName(server), tool));
            }
        }
    }
}
