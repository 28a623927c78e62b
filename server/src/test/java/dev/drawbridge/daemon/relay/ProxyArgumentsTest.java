package dev.drawbridge.daemon.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The command line of mcp-remote, as far as it is honoured, refused, or said to have no effect. */
final class ProxyArgumentsTest {
    private static ProxyArguments parse(String... words) throws ProxyArguments.BadArguments {
        return ProxyArguments.parse(List.of(words), Map.of("TOKEN", "t0p"));
    }

    @Test
    void aUrlWithFlagsBecomesADefinition() throws Exception {
        ProxyArguments parsed = parse(
                "--header",
                "Authorization: Bearer ${TOKEN} ${NONE}",
                "https://mcp.example/mcp/",
                "3334",
                "--ignore-tool",
                "delete*",
                "--static-oauth-client-info",
                "{\"client_id\":\"abc\"}",
                "--disable-resource-parameter");
        assertEquals(List.of("--ignore-tool", "delete*"), parsed.forDaemon().subList(3, 5));
        assertEquals("mcp.example/mcp", parsed.forDaemon().get(1));
        assertEquals(
                "{\"url\":\"https://mcp.example/mcp/\",\"headers\":{\"Authorization\":\"Bearer t0p $${NONE}\"},"
                        + "\"oauth\":{\"clientId\":\"abc\",\"resource\":false,\"callbackPort\":3334,"
                        + "\"redirectUri\":\"http://localhost:3334/oauth/callback\"}}",
                parsed.forDaemon().get(2));
        assertTrue(parsed.remarks().getFirst().contains("NONE"), parsed.remarks()::toString);
    }

    @Test
    void theLongerOfTwoTimeLimitsCounts() throws Exception {
        assertEquals(
                "{\"timeout\":\"600s\",\"url\":\"https://mcp.example/\"}",
                parse("https://mcp.example/", "--headers-timeout", "60", "--body-timeout", "600")
                        .forDaemon()
                        .get(2));
        assertEquals(
                "{\"timeout\":\"3600s\",\"url\":\"https://mcp.example/\"}",
                parse("https://mcp.example/", "--body-timeout", "0").forDaemon().get(2));
        assertThrows(
                ProxyArguments.BadArguments.class, () -> parse("https://mcp.example/", "--headers-timeout", "soon"));
    }

    @Test
    void whatHasNoEffectIsSaidAndWhatIsUnknownIsRefused() throws Exception {
        assertTrue(parse("github", "--ping-interval", "30")
                .remarks()
                .getFirst()
                .startsWith("--ping-interval has no effect yet"));
        assertEquals(List.of("--server", "github"), parse("github").forDaemon());
        assertThrows(ProxyArguments.BadArguments.class, () -> parse("github", "--pingg"));
        assertThrows(ProxyArguments.BadArguments.class, () -> parse("github", "--header", "A: b"));
        assertThrows(ProxyArguments.BadArguments.class, () -> parse("http://mcp.example/mcp"));
        assertThrows(ProxyArguments.BadArguments.class, () -> parse());
    }

    @Test
    void allServersTakeNoName() throws Exception {
        assertEquals(
                List.of("--all", "--ignore-tool", "x*"),
                parse("--ignore-tool", "x*", "--all").forDaemon());
        assertThrows(ProxyArguments.BadArguments.class, () -> parse("--all", "github"));
        assertThrows(ProxyArguments.BadArguments.class, () -> parse("--all", "--header", "A: b"));
    }
}
