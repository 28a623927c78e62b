package dev.drawbridge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.config.CommandRunner.CommandResult;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InterpolationTest {
    private static final Path HOME = Path.of("/home/ada");
    private static final Path FOLDER = Path.of("/ada/engine");

    private final Map<String, String> environment = new HashMap<>(Map.of("A", "1", "EMPTY", "", "TRICK", "${env:A}"));
    private final Map<String, String> keyring = new HashMap<>(Map.of("pass", "s3cret-value", "line", "a\nb"));
    private final Map<String, String> inputs = new HashMap<>(Map.of("name", "Ada"));
    private final List<String> commands = new ArrayList<>();
    private Optional<Path> folder = Optional.of(FOLDER);
    private CommandRunner runner = (command, env, directory) -> {
        commands.add(command);
        return new CommandResult.Output("out-" + commands.size() + "\n");
    };

    /** What an argument becomes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "plain > plain",
                "${env:A} > 1",
                "${A} > 1",
                "x${A}y${env:A}z > x1y1z",
                "${A:-7} > 1",
                "${NONE:-7} > 7",
                "${NONE:-} > ``",
                "${env:NONE:-a b} > a b",
                "${EMPTY:-7} > 7",
                "${EMPTY} > ``",
                "${TRICK} > ${env:A}",
                "$${A} > ${A}",
                "$A > $A",
                "100$ > 100$",
                "${input:name} > Ada",
                "${keyring:pass} > s3cret-value",
                "${cmd: op read {x} | head} > out-1",
                "${workspaceFolder}/x > /ada/engine/x",
                "${workspaceFolderBasename} > engine",
                "${userHome} > /home/ada",
                "${cwd} > /ada/engine",
                "a${pathSeparator}b${/}c > a/b/c",
                "${NONE:-${A}} > ${A}",
            })
    void replacesVariables(String written, String expected) {
        ResolvedServer.Stdio stdio = (ResolvedServer.Stdio) ok(stdio(written)).server();
        assertEquals(List.of("run", expected), stdio.command());
    }

    /** What cannot be replaced, and the problem's code. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "${NONE} > config.undefinedVariable",
                "${env:NONE} > config.undefinedVariable",
                "${input:none} > config.missingInput",
                "${keyring:none} > config.missingSecret",
            })
    void namesWhatIsMissingWithItsPlace(String written, String code) {
        Resolved.Failed failed = failed(stdio(written));
        assertEquals(1, failed.problems().size(), failed::toString);
        ConfigProblem problem = failed.problems().getFirst();
        assertEquals(code, problem.code());
        // The place is that of the argument on the third line of the text below.
        assertEquals(2, problem.range().startLine(), problem::toString);
        assertEquals(List.of("none").equals(failed.missingInputs()), code.equals("config.missingInput"));
    }

    @Test
    void tellsAllThatIsMissingAtOnce() {
        Resolved.Failed failed = failed("""
            {"servers": {"x": {"url": "https://${HOST}/", "headers": {"X-A": "${input:q}", "X-B": "${keyring:q}"}}}}
            """);
        assertEquals(
                List.of("config.undefinedVariable", "config.missingInput", "config.missingSecret"),
                failed.problems().stream().map(ConfigProblem::code).limit(3).toList(),
                failed::toString);
    }

    @Test
    void aWorkspaceFolderIsNeeded() {
        folder = Optional.empty();
        assertEquals(
                "config.noWorkspace",
                failed(stdio("${workspaceFolder}")).problems().getFirst().code());
        assertEquals(HOME, ((ResolvedServer.Stdio) ok(stdio("x")).server()).directory());
    }

    @Test
    void aFailingCommandIsAProblemWithItsReason() {
        runner = (command, env, directory) -> new CommandResult.Failed("it ended with status 1: no such item");
        ConfigProblem problem = failed(stdio("${cmd:op read x}")).problems().getFirst();
        assertEquals("config.commandFailed", problem.code());
        assertTrue(problem.message().endsWith("status 1: no such item"), problem::message);
    }

    @Test
    void secretsNeverAppearInProblemsOrTexts() {
        keyring.put("bad", "s3cret-value with space\u0001");
        for (String text : List.of(
                "{\"servers\": {\"x\": {\"url\": \"ftp://${keyring:pass}/\"}}}",
                "{\"servers\": {\"x\": {\"url\": \"${keyring:pass}\"}}}",
                "{\"servers\": {\"x\": {\"url\": \"https://a b/${keyring:bad}\"}}}",
                "{\"servers\": {\"x\": {\"url\": \"https://a/\", \"proxy\": \"${keyring:bad}\"}}}",
                "{\"servers\": {\"x\": {\"url\": \"https://a/\", \"headers\": {\"Authorization\":"
                        + " \"${keyring:bad}\"}}}}",
                "{\"servers\": {\"x\": {\"url\": \"https://a/${NONE}\", \"headers\": {\"X\": \"${keyring:pass}\"}}}}",
                "{\"servers\": {\"x\": {\"url\": \"https://a/?k=${keyring:pass}\", \"headers\": {\"X\":"
                        + " \"${keyring:pass}\"},\"oauth\": {\"clientSecret\": \"${keyring:pass}\"}}}}",
                "{\"servers\": {\"x\": {\"command\": \"a\", \"args\": [\"${keyring:pass}\"], \"env\": {\"A\":"
                        + " \"${keyring:pass}\"}}}}")) {
            ConfigFile file = ConfigFile.parse(Path.of("mcp.json"), text);
            String told = file.problems().toString();
            if (!file.servers().isEmpty()) {
                told += interpolation().resolve(file.servers().getFirst());
                told += file.servers();
            }
            String all = told;
            assertFalse(all.contains("s3cret"), () -> text + "\n" + all);
        }
    }

    @Test
    void aHeaderWithALineBreakIsRefused() {
        Resolved.Failed failed = failed(
                "{\"servers\": {\"x\": {\"url\": \"https://a/\", \"headers\": {\"X-A\": \"${keyring:line}\"}}}}");
        assertEquals("config.badHeader", failed.problems().getFirst().code());
    }

    @Test
    void resolvesARemoteServer() {
        environment.put("HTTPS_PROXY", "http://proxy.example:3128");
        environment.put("NO_PROXY", "corp.example,.other.example:99");
        Resolved.Ok ok = ok("""
            {"servers": {"x": {
              "type": "sse", "url": "https://${A}.example/mcp",
              "headers": {"authorization": "Bearer ${keyring:pass}"},
              "tls": {"caFile": "~/ca.pem", "certFile": "certs/me.pem"},
              "oauth": {"clientId": "${A}", "scopes": "read ${input:name}", "privateKey": "@keys/k.pem",
                        "authorizeParams": {"prompt": "${A}"}, "resource": false, "dpop": "auto", "callbackPort": 4711}
            }}}
            """);
        ResolvedServer.Http http = (ResolvedServer.Http) ok.server();
        assertEquals(URI.create("https://1.example/mcp"), http.url());
        assertEquals(Map.of("authorization", "Bearer s3cret-value"), http.headers());
        assertTrue(http.hasStaticAuthorization());
        assertEquals(TransportOrder.SSE_ONLY, http.connection().transport());
        assertFalse(ok.dynamicHeaders());
        assertEquals(Optional.of("/home/ada/ca.pem"), http.tls().caFile());
        assertEquals(Optional.of("/ada/engine/certs/me.pem"), http.tls().certFile());
        assertEquals(Optional.of("1"), http.oauth().clientId());
        assertEquals(Optional.of(List.of("read", "Ada")), http.oauth().scopes());
        assertEquals(Optional.of("@/ada/engine/keys/k.pem"), http.oauth().privateKey());
        assertEquals(Map.of("prompt", "1"), http.oauth().authorizeParams());
        assertTrue(http.oauth().resourceOmitted());
        assertEquals(Optional.of("auto"), http.oauth().dpop());
        assertEquals(Optional.of(4711), http.oauth().callbackPort());
        assertEquals(Optional.of(URI.create("http://proxy.example:3128")), http.proxy());
        assertEquals(Optional.empty(), proxyOf("https://a.corp.example/", ""));
        assertEquals(Optional.empty(), proxyOf("http://127.0.0.1:1/", ""));
        assertEquals(Optional.empty(), proxyOf("https://a/", ", \"proxy\": \"none\""));
        assertEquals(Optional.empty(), proxyOf("https://a/", ", \"proxy\": false"));
        assertEquals(Optional.of(URI.create("http://p:1")), proxyOf("https://a/", ", \"proxy\": \"p:1\""));
    }

    @Test
    void whatADropInForOtherProxiesNeedsIsReadAndTellsServersApart() {
        Map<String, String> settings = Map.of(
                "tokenEndpoint", "\"https://idp.example/${A}\", \"grant\": \"client_credentials\", \"clientId\": \"m\"",
                "useIdToken", "true",
                "clientMetadata", "{\"client_name\": \"${A}\", \"contacts\": [ 1e2 ], \"client_id\": \"x\"}",
                "successUrl", "\"https://done.example/${A}\"",
                "exchangeTimeout", "\"30s\"");
        Set<String> fingerprints = new HashSet<>();
        Map<String, OAuthSettings> read = new HashMap<>();
        settings.forEach((key, value) -> {
            Resolved.Ok ok = ok(
                    "{\"servers\": {\"x\": {\"url\": \"https://a/\", \"oauth\": {\"" + key + "\": " + value + "}}}}");
            fingerprints.add(ok.server().fingerprint());
            read.put(key, http(ok).oauth());
        });
        assertEquals(settings.size(), fingerprints.size());
        assertEquals(
                Optional.of("https://idp.example/1"),
                read.getOrDefault("tokenEndpoint", OAuthSettings.DEFAULTS).tokenEndpoint());
        assertTrue(read.getOrDefault("useIdToken", OAuthSettings.DEFAULTS).useIdToken());
        assertEquals(
                Map.of("client_name", "\"${A}\"", "contacts", "[1e2]"),
                read.getOrDefault("clientMetadata", OAuthSettings.DEFAULTS).clientMetadata(),
                "taken as written, without what is told elsewhere");
        assertEquals(
                Optional.of("https://done.example/1"),
                read.getOrDefault("successUrl", OAuthSettings.DEFAULTS)
                        .browserReturn()
                        .successUrl());
        assertEquals(
                Optional.of(Duration.ofSeconds(30)),
                read.getOrDefault("exchangeTimeout", OAuthSettings.DEFAULTS)
                        .browserReturn()
                        .exchangeTimeout());
    }

    @Test
    void commandsAndHelpersRunAgainWithEachResolution() {
        String text = "{\"servers\": {\"x\": {\"url\": \"https://a/\","
                + " \"headers\": {\"Authorization\": \"Bearer ${cmd:token}\"}}}}";
        Resolved.Ok first = ok(text);
        Resolved.Ok second = ok(text);
        assertTrue(first.dynamicHeaders());
        assertEquals(List.of("token", "token"), commands);
        assertEquals("Bearer out-1", http(first).headers().get("Authorization"));
        assertEquals("Bearer out-2", http(second).headers().get("Authorization"));
        assertEquals(first.server().fingerprint(), second.server().fingerprint(), "a fresh token is the same server");
    }

    @Test
    void whatOthersRenewIsLookedUpWhenItIsNeededAndNotBefore(@TempDir Path folder) throws Exception {
        ServerEntry entry = entry("""
            {"servers": {"x": {"url": "https://a/", "oauth": {
              "grant": "enterprise_managed", "clientId": "c", "assertion": "${cmd:mint ${A}}",
              "idp": {"issuer": "https://idp.example", "idToken": "@${input:name}/id.jwt"}}}}}
            """);
        Resolved.Ok ok = assertInstanceOf(Resolved.Ok.class, interpolation().resolve(entry));
        assertEquals(List.of(), commands, "no command runs before a token is needed");
        FreshValue assertion = interpolation().assertion(entry).orElseThrow();
        assertEquals(new LookupResult.Found("out-1"), assertion.read());
        assertEquals(new LookupResult.Found("out-2"), assertion.read());
        assertEquals(assertion, interpolation().assertion(entry).orElseThrow());

        this.folder = Optional.of(folder);
        FreshValue idToken = interpolation().idToken(entry).orElseThrow();
        LookupResult.Unavailable none = assertInstanceOf(LookupResult.Unavailable.class, idToken.read());
        assertTrue(none.why().contains("it does not exist"), none::why);
        Files.createDirectory(folder.resolve("Ada"));
        for (String content : List.of("first", "second")) {
            Files.writeString(folder.resolve("Ada/id.jwt"), content + "\n");
            assertEquals(new LookupResult.Found(content), idToken.read());
        }
        Files.writeString(folder.resolve("Ada/id.jwt"), "\n");
        assertEquals(new LookupResult.Missing(), idToken.read());
        assertFalse(ok.toString().contains("mint"), ok::toString);
    }

    @Test
    void anotherSourceOfAnAssertionIsAnotherServer() {
        List<String> assertions = List.of("${cmd:one}", "${cmd:two}", "@a", "@b", "${keyring:pass}", "${keyring:line}");
        List<String> fingerprints = assertions.stream()
                .map(assertion ->
                        ok("{\"servers\": {\"x\": {\"url\": \"https://a/\", \"oauth\": {\"grant\": \"jwt_bearer\","
                                        + " \"assertion\": \"" + assertion + "\"}}}}")
                                .server()
                                .fingerprint())
                .distinct()
                .toList();
        assertEquals(assertions.size(), fingerprints.size());
        Resolved.Failed failed = failed("{\"servers\": {\"x\": {\"url\": \"https://a/\", \"oauth\": {\"grant\":"
                + " \"jwt_bearer\", \"assertion\": \"${env:NO_SUCH}\"}}}}");
        assertEquals("config.undefinedVariable", failed.problems().getFirst().code());
    }

    @Test
    void theSamePathInAnotherFolderIsAnotherFile(@TempDir Path first, @TempDir Path second) throws Exception {
        for (String source : List.of("@id.jwt", "${cmd:./mint}")) {
            ServerEntry entry = entry("{\"servers\": {\"x\": {\"url\": \"https://a/\", \"oauth\": {\"grant\":"
                    + " \"jwt_bearer\", \"assertion\": \"" + source + "\"}}}}");
            List<String> identities = new ArrayList<>();
            List<String> fingerprints = new ArrayList<>();
            for (Path each : List.of(first, second, second)) {
                folder = Optional.of(each);
                identities.add(interpolation().assertion(entry).orElseThrow().identity());
                fingerprints.add(
                        assertInstanceOf(Resolved.Ok.class, interpolation().resolve(entry))
                                .server()
                                .fingerprint());
            }
            for (List<String> told : List.of(identities, fingerprints)) {
                assertNotEquals(told.get(0), told.get(1), source);
                assertEquals(told.get(1), told.get(2), source);
            }
        }
    }

    @Test
    void aPrivateKeyInAnotherFolderIsAnotherKey(@TempDir Path first, @TempDir Path second) {
        List<String> fingerprints = new ArrayList<>();
        for (Path each : List.of(first, second)) {
            folder = Optional.of(each);
            fingerprints.add(ok("{\"servers\": {\"x\": {\"url\": \"https://a/\", \"oauth\": {\"clientId\": \"c\","
                            + " \"privateKey\": \"@key.pem\"}}}}")
                    .server()
                    .fingerprint());
        }
        assertNotEquals(fingerprints.getFirst(), fingerprints.getLast());
    }

    @Test
    void parametersThatASignInDecidesAreSaidAndLeftOut() {
        String text = "{\"servers\": {\"x\": {\"url\": \"https://a/\", \"oauth\": {\"authorizeParams\": {\"scope\":"
                + " \"a\", \"audience\": \"b\", \"state\": \"c\"}}}}}";
        assertEquals(Map.of("audience", "b"), http(ok(text)).oauth().authorizeParams());
        assertEquals(
                List.of("config.unusedKey", "config.unusedKey"),
                ConfigFile.parse(Path.of("mcp.json"), text).problems().stream()
                        .map(ConfigProblem::code)
                        .toList());
    }

    @Test
    void aHeadersHelperAddsItsHeaders() {
        runner = (command, env, directory) ->
                new CommandResult.Output("{\"Authorization\": \"Bearer t\", \"X-N\": 5}\n");
        String text =
                "{\"servers\": {\"x\": {\"url\": \"https://a/\", \"headers\": {\"x-n\": \"1\"}, \"headersHelper\":"
                        + " \"h\"}}}";
        Resolved.Ok ok = ok(text);
        assertTrue(ok.dynamicHeaders());
        assertTrue(http(ok).hasStaticAuthorization());
        assertEquals(Map.of("Authorization", "Bearer t", "X-N", "5"), http(ok).headers());
        runner = (command, env, directory) -> new CommandResult.Output("s3cret not json");
        Resolved.Failed failed = failed(text);
        assertFalse(failed.toString().contains("s3cret"), failed::toString);
    }

    @Test
    void aChildGetsTheSessionsEnvironmentThenTheFileThenItsOwn(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve(".env"),
                "# comment\nexport B='from $file'\nA=file # why\nC=\"two\\nlines\"\nD=${A}\nnot a line\nE=\n");
        this.folder = Optional.of(folder);
        ResolvedServer.Stdio stdio = (ResolvedServer.Stdio) ok("""
            {"servers": {"x": {"command": "run", "envFile": ".env", "cwd": "sub",
                               "env": {"A": "own ${EMPTY:-x}", "N": 5, "T": true, "TRICK": null}}}}
            """).server();
        assertEquals(
                Map.of(
                        "A",
                        "own x",
                        "B",
                        "from $file",
                        "C",
                        "two\nlines",
                        "D",
                        "${A}",
                        "E",
                        "",
                        "EMPTY",
                        "",
                        "N",
                        "5",
                        "T",
                        "true",
                        "TRICK",
                        "${env:A}"),
                stdio.env());
        assertEquals(folder.resolve("sub"), stdio.directory());
    }

    @Test
    void aMissingEnvFileIsAProblem() {
        Resolved.Failed failed =
                failed("{\"servers\": {\"x\": {\"command\": \"run\", \"envFile\": \"/nowhere/.env\"}}}");
        assertEquals("config.envFile", failed.problems().getFirst().code());
        assertEquals(
                "The file /nowhere/.env cannot be read: it does not exist.",
                failed.problems().getFirst().message());
    }

    @Test
    void sessionsShareOnlyWhatIsTheSame() {
        String text = stdio("x");
        String base = ok(text).server().fingerprint();
        environment.put("TERM", "xterm");
        environment.put("NVIM", "/run/1");
        environment.put("VSCODE_PID", "7");
        assertEquals(base, ok(text).server().fingerprint(), "a window's own variables do not matter");
        environment.put("GITHUB_TOKEN", "other");
        String other = ok(text).server().fingerprint();
        assertNotEquals(base, other);
        folder = Optional.of(Path.of("/elsewhere"));
        assertNotEquals(other, ok(text).server().fingerprint());
        assertNotEquals(
                ok(stdio("x")).server().fingerprint(), ok(stdio("y")).server().fingerprint());
    }

    /** What is remembered of a server has to be found again after the next login, and by nobody else. */
    @Test
    void aLocalServersIdentityOutlivesTheDesktopSession() {
        String text = stdio("x").replace("\"args\"", "\"env\": {\"KEY\": \"${env:SECRET}\"},\n\"args\"");
        environment.put("SECRET", "one");
        String base = ok(text).server().identity();
        String shared = ok(text).server().fingerprint();
        environment.put("SSH_AUTH_SOCK", "/run/another");
        assertEquals(base, ok(text).server().identity());
        assertNotEquals(shared, ok(text).server().fingerprint());
        assertNotEquals(base, ok(text.replace("\"x\"]", "\"y\"]")).server().identity());
        environment.put("SECRET", "two");
        assertNotEquals(base, ok(text).server().identity());
        environment.put("SECRET", "one");
        folder = Optional.of(Path.of("/elsewhere"));
        assertNotEquals(base, ok(text).server().identity());
    }

    @Test
    void whatAnEntrySetsHidesWhatTheSessionHas() {
        String text = stdio("x").replace("\"args\"", "\"env\": {\"KEY\": \"own\"},\n\"args\"");
        String base = ok(text).server().fingerprint();
        environment.put("KEY", "the session's");
        assertEquals(base, ok(text).server().fingerprint());
    }

    @Test
    void remoteServersShareByWhatTheySendAndAsWhom() {
        String one = "{\"servers\": {\"x\": {\"url\": \"https://a/\", \"headers\": {\"K\": \"${keyring:pass}\"}}}}";
        String base = ok(one).server().fingerprint();
        environment.put("GITHUB_TOKEN", "other");
        assertEquals(base, ok(one).server().fingerprint(), "the environment is not sent anywhere");
        assertEquals(base, ok(one.replace("\"x\"", "\"y\"")).server().fingerprint(), "a name is only a name");
        keyring.put("pass", "other");
        assertNotEquals(base, ok(one).server().fingerprint());
        String account = one.replace("\"headers\"", "\"oauth\": {\"account\": \"work\"}, \"headers\"");
        assertNotEquals(ok(one).server().fingerprint(), ok(account).server().fingerprint());
    }

    @Test
    void windowsVariablesDoNotMindCase() {
        environment.put("Path", "C:\\x");
        Interpolation windows = new Interpolation(
                environment, folder, HOME, this::secret, this::input, runner, OperatingSystem.WINDOWS);
        Resolved resolved = windows.resolve(entry(stdio("${env:PATH}${/}")));
        ResolvedServer.Stdio stdio = (ResolvedServer.Stdio)
                assertInstanceOf(Resolved.Ok.class, resolved).server();
        assertEquals("C:\\x\\", stdio.command().getLast());
    }

    private Optional<URI> proxyOf(String url, String more) {
        return http(ok("{\"servers\": {\"x\": {\"url\": \"" + url + "\"" + more + "}}}"))
                .proxy();
    }

    private static ResolvedServer.Http http(Resolved.Ok ok) {
        return assertInstanceOf(ResolvedServer.Http.class, ok.server());
    }

    private static String stdio(String argument) {
        return "{\"servers\": {\n\"x\": {\"command\": \"run\",\n\"args\": [\"" + argument.replace("\\", "\\\\")
                + "\"]}}}";
    }

    private static ServerEntry entry(String text) {
        ConfigFile file = ConfigFile.parse(Path.of("mcp.json"), text);
        assertEquals(1, file.servers().size(), () -> text + "\n" + file.problems());
        return file.servers().getFirst();
    }

    private Resolved.Ok ok(String text) {
        Resolved resolved = interpolation().resolve(entry(text));
        return assertInstanceOf(Resolved.Ok.class, resolved, resolved::toString);
    }

    private Resolved.Failed failed(String text) {
        Resolved resolved = interpolation().resolve(entry(text));
        return assertInstanceOf(Resolved.Failed.class, resolved, resolved::toString);
    }

    private Interpolation interpolation() {
        return new Interpolation(environment, folder, HOME, this::secret, this::input, runner, OperatingSystem.LINUX);
    }

    private LookupResult secret(String name) {
        return found(keyring, name);
    }

    private LookupResult input(String id) {
        return found(inputs, id);
    }

    private static LookupResult found(Map<String, String> values, String name) {
        return values.containsKey(name) ? new LookupResult.Found(values.get(name)) : new LookupResult.Missing();
    }
}
