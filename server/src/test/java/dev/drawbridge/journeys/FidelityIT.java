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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * between the eras is listed here, with the reason, and nothing else may be.
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
        /** These tools make requests of their own during a call, which is how the old era asks and the new one may not. */
        OLD_NEW(
                Era.INITIALIZE,
                Era.STATELESS,
                Set.of(
                        "tools-call-sampling",
                        "tools-call-elicitation",
                        "elicitation-sep1034-defaults",
                        "elicitation-sep1330-enums")),
        NEW_NEW(Era.STATELESS, Era.STATELESS, Set.of()),
        /**
         * The names of a server's questions and the state between them do not exist in the old era; neither does the error
         * for a capability that is missing; and the reference server looks for the host's capabilities in each request.
         */
        NEW_OLD(
                Era.STATELESS,
                Era.INITIALIZE,
                Set.of(
                        "server-stateless",
                        "input-required-result-basic-elicitation",
                        "input-required-result-capability-check"));

        final Era host;
        final Era server;
        final Set<String> lost;

        Pair(Era host, Era server, Set<String> lost) {
            this.host = host;
            this.server = server;
            this.lost = lost;
        }
    }

    /** What is about HTTP, and so about the shim before the proxy rather than about the proxy. */
    private static final Set<String> OF_THE_SHIM = Set.of(
            "dns-rebinding-protection",
            "server-sse-polling",
            "server-stateless",
            "http-header-validation",
            "http-custom-header-server-validation");

    private final List<ChildProcess> serving = new ArrayList<>();
    private Suite suite;
    private Desk desk;
    private URI oldServer;
    private URI newServer;
    private Path results;
    private Map<String, Boolean> directlyOld;
    private Map<String, Boolean> directlyNew;

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

    private Map<String, Boolean> directly(Era era) {
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
        assertEquals(
                Set.of("http-custom-header-server-validation"),
                failed(directlyNew).stream()
                        .filter(scenario -> !scenario.startsWith("tasks-"))
                        .collect(Collectors.toSet()));
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
            Map<String, Boolean> graded = suite.grade(url, pair.host.revision, results.resolve("endpoint-" + pair));
            assertEquals(expected(pair, Set.of()), failedOf(pair, graded, Set.of()), () -> "see " + results);
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
            Map<String, Boolean> graded = suite.grade(url, pair.host.revision, results.resolve("proxy-" + pair));
            assertEquals(expected(pair, OF_THE_SHIM), failedOf(pair, graded, OF_THE_SHIM), () -> "see " + results);
        } finally {
            desk.run("stop");
        }
    }

    private static Set<String> expected(Pair pair, Set<String> leftOut) {
        return pair.lost.stream()
                .filter(scenario -> !leftOut.contains(scenario))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What fails behind Drawbridge and passes directly. */
    private Set<String> failedOf(Pair pair, Map<String, Boolean> graded, Set<String> leftOut) {
        assertEquals(directly(pair.host).keySet(), graded.keySet());
        return failed(graded).stream()
                .filter(scenario -> directly(pair.host).getOrDefault(scenario, false) && !leftOut.contains(scenario))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> failed(Map<String, Boolean> graded) {
        Stream<String> failed =
                graded.entrySet().stream().filter(entry -> !entry.getValue()).map(Map.Entry::getKey);
        return failed.collect(Collectors.toCollection(TreeSet::new));
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
