package dev.drawbridge.daemon.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of mcp-remote, as far as it is honoured or refused. */
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
    void secondsBecomeTimeLimits() throws Exception {
        assertEquals(
                "{\"connectTimeout\":\"2500ms\",\"headersTimeout\":\"60000ms\",\"bodyTimeout\":\"0ms\","
                        + "\"url\":\"https://mcp.example/\"}",
                definition("--connect-timeout", "2.5", "--headers-timeout", "60", "--body-timeout", "0"));
        for (String bad : List.of("soon", "-1", "", "1e3")) {
            assertThrows(ProxyArguments.BadArguments.class, () -> definition("--headers-timeout", bad), bad);
        }
        assertThrows(ProxyArguments.BadArguments.class, () -> definition("--connect-timeout", "0"));
        assertThrows(ProxyArguments.BadArguments.class, () -> definition("--ping-interval", "0"));
    }

    @Test
    void theConnectionIsKeptAsTheFlagsSay() throws Exception {
        assertEquals(
                "{\"pingInterval\":\"45000ms\",\"ipv4\":true,\"url\":\"https://mcp.example/\"}",
                definition("--ping-interval", "45", "--ipv4"));
        assertEquals("{\"keepAlive\":true,\"url\":\"https://mcp.example/\"}", definition("--keep-alive"));
        for (String order : List.of("http-first", "sse-first", "http-only", "sse-only")) {
            String type = order.equals("sse-only") ? "sse" : order;
            assertEquals(
                    "{\"type\":\"" + type + "\",\"url\":\"https://mcp.example/\"}", definition("--transport", order));
        }
        assertThrows(ProxyArguments.BadArguments.class, () -> definition("--transport", "http"));
    }

    private static String definition(String... flags) throws ProxyArguments.BadArguments {
        List<String> words = new ArrayList<>(List.of(flags));
        words.addFirst("https://mcp.example/");
        return parse(words.toArray(String[]::new)).forDaemon().get(2);
    }

    private static String oauth(String... flags) throws ProxyArguments.BadArguments {
        List<String> words = new ArrayList<>(List.of("https://mcp.example/"));
        words.addAll(List.of(flags));
        ProxyArguments parsed = parse(words.toArray(String[]::new));
        assertEquals(List.of(), parsed.remarks());
        return parsed.forDaemon().get(2).replace("{\"url\":\"https://mcp.example/\",\"oauth\":", "");
    }

    @Test
    void theFlagsOfASignInBecomeSettings() throws Exception {
        assertEquals("{\"useIdToken\":true}}", oauth("--use-id-token"));
        assertEquals("{\"exchangeTimeout\":\"60s\"}}", oauth("--auth-timeout", "60"));
        assertEquals("{\"exchangeTimeout\":\"300s\"}}", oauth("--auth-timeout", "3600"));
        assertEquals(
                "{\"grant\":\"client_credentials\",\"tokenEndpoint\":\"https://idp.example/token?t=1\"}}",
                oauth("--token-endpoint", "https://idp.example/token?t=1", "--client-credentials"));
        assertEquals(
                "{\"scopes\":\"a b\",\"resource\":\"https://r.example/\",\"authorizeParams\":{\"audience\":\"c\"}}}",
                oauth(
                        "--authorize-param",
                        "scope=a b",
                        "--authorize-param",
                        "resource=https://r.example/",
                        "--authorize-param",
                        "audience=c"));
        assertEquals(
                "{\"successUrl\":\"http://done.example/\"}}",
                oauth("--auth-success-url", "http://done.example/", "--allow-http"));
        assertEquals(
                "{\"scopes\":\"a b\",\"tokenEndpointAuthMethod\":\"client_secret_post\",\"clientMetadata\":"
                        + "{\"scope\":\"a b\",\"contacts\":[\"${x}\"],\"grant_types\":[\"authorization_code\"]}}}",
                oauth(
                        "--static-oauth-client-metadata",
                        "{\"scope\":\"a b\",\"token_endpoint_auth_method\":\"client_secret_post\","
                                + "\"contacts\":[\"${x}\"],\"grant_types\":[\"authorization_code\"]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--auth-success-url http://done.example/",
                "--auth-success-url https://done.example/?a=b",
                "--auth-success-url https://done.example/?",
                "--auth-success-url https://done.example/#a",
                "--auth-success-url https://ann@done.example/",
                "--auth-success-url done",
                "--auth-success-url javascript:alert(1)",
                "--authorize-param dpop_jkt=a",
                "--auth-timeout 0",
                "--auth-timeout -5",
                "--auth-timeout soon",
                "--token-endpoint https://idp.example/token",
                "--client-credentials --token-endpoint http://idp.example/token --allow-http",
                "--client-credentials --token-endpoint http://127.evil.example/token",
                "--client-credentials --token-endpoint https://a:b@idp.example/token",
                "--client-credentials --token-endpoint https://idp.example/token#a"
            })
    void whatASignInCannotUseIsRefused(String flags) {
        String flag = flags.startsWith("--client") ? "--token-endpoint" : flags.split(" ")[0];
        String message = ""
                + assertThrows(ProxyArguments.BadArguments.class, () -> oauth(flags.split(" ")))
                        .getMessage();
        assertTrue(message.startsWith(flag + " "), message);
    }

    @Test
    void clientMetadataThatIsDecidedElsewhereIsSaid() throws Exception {
        ProxyArguments parsed = parse(
                "https://mcp.example/",
                "--static-oauth-client-metadata",
                "{\"redirect_uris\":[\"http://x/\"],\"response_types\":[\"token\"],\"client_id\":\"i\","
                        + "\"grant_types\":[\"client_credentials\"],\"client_name\":\"n\"}");
        assertEquals(4, parsed.remarks().size(), parsed.remarks()::toString);
        assertEquals(
                "{\"url\":\"https://mcp.example/\",\"oauth\":{\"clientMetadata\":{\"client_name\":\"n\"}}}",
                parsed.forDaemon().get(2));
    }

    @Test
    void whatIsUnknownIsRefused() throws Exception {
        assertEquals(List.of("--server", "github"), parse("github").forDaemon());
        assertEquals(
                List.of("--server", "github", "--debug"),
                parse("github", "--debug").forDaemon());
        assertEquals(List.of("--all", "--debug"), parse("--all", "--debug").forDaemon());
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

    @Test
    void secretsOfAUrlAreNeitherInANameNorInAnError() throws Exception {
        ProxyArguments parsed = parse("https://ann:s3cr3t@mcp.example:8443/mcp?key=s3cr3t");
        assertEquals("mcp.example:8443/mcp", parsed.forDaemon().get(1));
        ProxyArguments.BadArguments bad = assertThrows(
                ProxyArguments.BadArguments.class, () -> parse("https://mcp.example/mcp?key=s3cr3t with blanks"));
        assertTrue(bad.toString().contains("is no URL"), bad::toString);
        assertFalse(bad.toString().contains("s3cr3t"), bad::toString);
    }
}
