package dev.drawbridge.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.testkit.ChildProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the conformance suite sees of a server, it sees of the same server behind Drawbridge: through the local HTTP
 * endpoint, and through {@code drawbridge proxy}, for a host of either era and a server of either. What is lost on the way
 * between the eras is listed here, check by check and with the reason, and nothing else may be; a warning counts as lost.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FidelityIT {
    enum Era {
        INITIALIZE("2025-11-25"),
        STATELESS("2026-07-28");

        final String revision;

        Era(String revision) {
            this.revision = revision;
        }
    }

    /** A host and a server. */
    enum Pair {
        OLD_OLD(Era.INITIALIZE, Era.INITIALIZE, Set.of()),
        OLD_NEW(Era.INITIALIZE, Era.STATELESS, Set.of()),
        NEW_NEW(Era.STATELESS, Era.STATELESS, Set.of()),
        /** That check wants a question to have the name its server gave it, and an older server's question has none. */
        NEW_OLD(
                Era.STATELESS,
                Era.INITIALIZE,
                Set.of("input-required-result-basic-elicitation: sep-2322-elicitation-incomplete"));

        final Era host;
        final Era server;
        final Set<String> lost;

        Pair(Era host, Era server, Set<String> lost) {
            this.host = host;
            this.server = server;
            this.lost = lost;
        }

        /** Tasks are an extension of 2026-07-28, which an older server does not have. */
        boolean includes(String scenario) {
            return server == Era.STATELESS || !scenario.startsWith("tasks-");
        }
    }

    /** Checks of HTTP headers, which end at the shim: it looks at none of them, and the proxy never sees them. */
    private static final Set<String> OF_THE_SHIM = Set.of(
            "dns-rebinding-protection: localhost-host-rebinding-rejected",
            "server-stateless: sep-2575-http-server-header-mismatch-400",
            "http-header-validation: sep-2243-server-reject-error-code",
            "http-header-validation: sep-2243-server-reject-invalid-headers",
            "http-custom-header-server-validation: sep-2243-server-reject-invalid-param-chars",
            "http-custom-header-server-validation: sep-2243-server-reject-param-mismatch",
            "http-custom-header-server-validation: sep-2243-server-validate-param-match",
            "tasks-request-headers: sep-2663-server-rejects-mismatched-mcp-name-on-tasks-get",
            "tasks-request-headers: tasks-headers-reject-mismatched-method");

    private final List<ChildProcess> serving = new ArrayList<>();
    private Suite suite;
    private Desk desk;
    private URI oldServer;
    private URI newServer;
    private Path results;
    private Map<String, Set<String>> directlyOld;
    private Map<String, Set<String>> directlyNew;

    @BeforeAll
    void start() throws Exception {
        suite = new Suite();
        desk = new Desk();
        results = Files.createDirectories(Path.of("target", "fidelity").toAbsolutePath());
        oldServer = serve(System.getenv(), "reference-server.mjs", "initialize");
        newServer = serve(System.getenv(), "reference-server.mjs", "stateless");
        directlyOld = suite.grade(oldServer, Era.INITIALIZE.revision, results.resolve("directly-old"));
        directlyNew = suite.grade(newServer, Era.STATELESS.revision, results.resolve("directly-new"));
    }

    private URI serve(Map<String, String> environment, String script, String... words) {
        ChildProcess process = suite.serve(environment, script, words);
        serving.add(process);
        return Suite.address(process);
    }

    @AfterAll
    void stop() {
        serving.forEach(ChildProcess::close);
        desk.close();
    }

    private Map<String, Set<String>> directly(Era era) {
        return era == Era.INITIALIZE ? directlyOld : directlyNew;
    }

    private void configure(int port) throws IOException {
        desk.configure("{\"drawbridge\":{\"http\":" + port + "},\"mcpServers\":{" + Desk.remote("old", oldServer) + ","
                + Desk.remote("new", newServer) + "}}");
    }

    private static String name(Era era) {
        return era == Era.INITIALIZE ? "old" : "new";
    }

    /** The reference server has what it is measured by, or the rest would say nothing. */
    @Test
    void theReferenceServerPassesItself() {
        assertEquals(Set.of(), failed(directlyOld));
        assertEquals(Set.of(), failed(directlyNew));
    }

    @ParameterizedTest
    @EnumSource(Pair.class)
    void throughTheLocalEndpoint(Pair pair) throws Exception {
        int port = freePort();
        configure(port);
        desk.run("tools", name(pair.server));
        try (ChildProcess gate = suite.serve(
                System.getenv(),
                "gate.mjs",
                "http://127.0.0.1:" + port + "/mcp/" + name(pair.server),
                "--bearer",
                tokenFile(desk).toString())) {
            URI url = Suite.address(gate);
            Map<String, Set<String>> graded = suite.grade(url, pair.host.revision, results.resolve("endpoint-" + pair));
            assertEquals(pair.lost, lost(pair, graded), () -> "see " + results);
        } finally {
            desk.run("stop");
        }
    }

    @ParameterizedTest
    @EnumSource(Pair.class)
    void throughTheProxy(Pair pair) throws Exception {
        configure(freePort());
        desk.run("tools", name(pair.server));
        // Its proxies go before the daemon does, or they would start the next one.
        try (ChildProcess shim =
                suite.serve(desk.home().environment(), "stdio-shim.mjs", Desk.launcher(), "proxy", name(pair.server))) {
            URI url = Suite.address(shim);
            Map<String, Set<String>> graded = suite.grade(url, pair.host.revision, results.resolve("proxy-" + pair));
            Set<String> lost = lost(pair, graded);
            lost.removeAll(OF_THE_SHIM);
            assertEquals(pair.lost, lost, () -> "see " + results);
        } finally {
            desk.run("stop");
        }
    }

    /** The checks that pass directly and not behind Drawbridge. */
    private Set<String> lost(Pair pair, Map<String, Set<String>> graded) {
        assertEquals(directly(pair.host).keySet(), graded.keySet());
        Set<String> lost = failed(graded);
        lost.removeIf(check -> !pair.includes(check));
        lost.removeAll(failed(directly(pair.host)));
        return lost;
    }

    private static Set<String> failed(Map<String, Set<String>> graded) {
        Set<String> failed = new TreeSet<>();
        graded.forEach((scenario, checks) -> checks.forEach(check -> failed.add(scenario + ": " + check)));
        return failed;
    }

    /** Where the daemon keeps the token of its endpoint. */
    static Path tokenFile(Desk desk) {
        return Path.of(desk.home().environment().getOrDefault("XDG_STATE_HOME", ""), "drawbridge", "http-token");
    }

    static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }
}
