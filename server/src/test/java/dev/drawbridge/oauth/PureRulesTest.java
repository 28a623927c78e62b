package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that need no server, as tables. */
final class PureRulesTest {
    @ParameterizedTest
    @CsvSource({
        "https://h/a/mcp, https://h/.well-known/oauth-protected-resource/a/mcp"
                + " https://h/.well-known/oauth-protected-resource",
        "https://h/a/, https://h/.well-known/oauth-protected-resource/a https://h/.well-known/oauth-protected-resource",
        "https://h:8/, https://h:8/.well-known/oauth-protected-resource",
        "https://H, https://h/.well-known/oauth-protected-resource",
        "https://h/mcp?t=1, https://h/.well-known/oauth-protected-resource/mcp?t=1"
                + " https://h/.well-known/oauth-protected-resource",
    })
    void resourceMetadataIsLookedForByPathThenAtTheRoot(URI server, String expected) {
        assertEquals(expected, shown(MetadataCandidates.protectedResource(server)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://h, https://h/.well-known/oauth-authorization-server https://h/.well-known/openid-configuration",
        "https://h/, https://h/.well-known/oauth-authorization-server https://h/.well-known/openid-configuration",
        "https://h/t1, https://h/.well-known/oauth-authorization-server/t1"
                + " https://h/.well-known/openid-configuration/t1 https://h/t1/.well-known/openid-configuration",
    })
    void serverMetadataIsLookedForInTheSpecifiedOrder(URI issuer, String expected) {
        assertEquals(expected, shown(MetadataCandidates.authorizationServer(issuer)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/mcp, https://h/mcp, true",
        "https://h, https://h/mcp, true",
        "https://h/, https://h/mcp/deep, true",
        "https://h/mcp/, https://h/mcp, true",
        "HTTPS://H:443/mcp, https://h/mcp, true",
        "https://h/other, https://h/mcp, false",
        "https://h/mc, https://h/mcp, false",
        "https://h/mcp/deeper, https://h/mcp, false",
        "https://evil/mcp, https://h/mcp, false",
        "http://h/mcp, https://h/mcp, false",
        "https://h:8443/mcp, https://h/mcp, false",
        "not a uri, https://h/mcp, false",
    })
    void metadataSpeaksForItsOwnServerOnly(String resource, URI server, boolean expected) {
        assertEquals(expected, resource(resource).speaksFor(server));
    }

    /** Requirements 29 and 30. */
    @ParameterizedTest
    @CsvSource({
        "true, https://as, true",
        "true, '', false",
        "true, https://other, false",
        "false, '', true",
        "false, https://as, true",
        "false, https://other, false",
        "true, https://as/, false",
        "true, https://AS, false",
        "true, https://as:443, false",
        "true, https://as https://as, false",
    })
    void issuersAreComparedExactly(boolean advertised, String received, boolean accepted) {
        List<String> values = received.isEmpty() ? List.of() : Arrays.asList(received.split(" "));
        assertEquals(accepted, new IssuerIdentification("https://as", advertised).accepts(values));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "http://example.com/authorize",
                "https://user@example.com/",
                "https:///nohost",
                "vbscript:x",
                "http://127.0.0.1.evil.example/",
                "http://localhost.evil.example/",
            })
    void endpointsElsewhereThanHttpsOrThisMachineAreRefused(String address) {
        AuthorizationFailed failed =
                assertThrows(AuthorizationFailed.class, () -> Origin.endpoint(address, "authorization"));
        assertEquals("oauth.unsafeEndpoint", failed.failure().code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a?b=c",
                "http://127.0.0.1:3/a",
                "http://localhost/a",
                "http://[::1]:4/",
                "http://idp.localhost:5/"
            })
    void endpointsThatAreSafeAreTaken(String address) throws AuthorizationFailed {
        assertEquals(URI.create(address), Origin.endpoint(address, "authorization"));
    }

    /** Requirements 33 to 36 and 44. Columns: configured, challenge, resource, before, server, error, expected. */
    @ParameterizedTest
    @CsvSource({
        "-, -, -, '', '', -, ''",
        "-, -, r1 r2, '', '', -, r1 r2",
        "-, c1, r1 r2, '', '', -, c1",
        "x, c1, r1, '', '', -, x",
        "'', c1, r1, '', offline_access, -, ''",
        "-, c1, -, b1, '', insufficient_scope, c1 b1",
        "x, c1, -, b1, '', insufficient_scope, x b1 c1",
        "x, c1, -, b1, '', invalid_token, x",
        "-, c1, -, '', openid offline_access, -, c1 offline_access",
        "-, -, -, '', openid offline_access, -, ''",
    })
    void scopesAreSelected(
            String configured,
            String challenge,
            String resource,
            String before,
            String server,
            String error,
            String expected) {
        String header = "Bearer" + (challenge.equals("-") ? "" : " scope=\"" + challenge + "\"")
                + (error.equals("-") ? "" : ", error=\"" + error + "\"");
        Set<String> selected = ScopeSelection.select(
                optional(configured), Challenge.parse(List.of(header)), optional(resource), set(before), set(server));
        assertEquals(expected, String.join(" ", selected));
    }

    /** What servers in the wild answer. Columns: body, access token, scheme, lifetime, refresh token, scopes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":60} | a Bearer PT1M - -",
                "{\"access_token\":\"a\"} | a Bearer - - -",
                "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"refresh_token\":null,\"scope\":null} | a Bearer -"
                        + " - -",
                "{\"access_token\":\"a\",\"expires_in\":\"3600\",\"refresh_token\":\"r\"} | a Bearer PT1H r -",
                "{\"access_token\":\"a\",\"expires_in\":59.9,\"token_type\":\"user\"} | a Bearer PT59S - -",
                "{\"access_token\":\"a\",\"expires_in\":0,\"scope\":[\"x\",\"y\"]} | a Bearer - - x y",
                "{\"access_token\":\"a\",\"token_type\":\"dpop\",\"scope\":\"x,y\"} | a DPoP - - x y",
                "access_token=a&token_type=bearer&scope=x%20y | a Bearer - - x y",
                "  {\"access_token\":\"a\"}  | a Bearer - - -",
                "<html>log in</html> | nothing",
                "{\"token_type\":\"Bearer\"} | nothing",
                "{\"access_token\":\"a\\r\\nX: y\"} | nothing",
                "{\"access_token\":[1]} | nothing",
                "^^ | nothing",
            })
    void tokenResponsesAreReadLeniently(String body, String expected) {
        Optional<JsonObject> members = LenientTokenResponse.read(body == null ? "" : body);
        String actual = members.flatMap(LenientTokenResponse::grant)
                .map(grant -> grant.accessToken().value() + " " + grant.scheme() + " "
                        + grant.lifetime().map(Object::toString).orElse("-") + " "
                        + grant.refreshToken().map(Secret::value).orElse("-") + " "
                        + grant.scopes().map(scopes -> String.join(" ", scopes)).orElse("-"))
                .orElse("nothing");
        assertEquals(expected, actual);
    }

    @Test
    void theResourceIndicatorIsEchoedOrCanonical() {
        Target target = new Target(URI.create("HTTPS://Host:1/Mcp"), Optional.empty(), ClientSettings.DEFAULT);
        assertEquals(Optional.of("https://host:1/Mcp"), ResourceIndicator.select(target, Optional.empty()));
        ProtectedResourceMetadata pathless = resource("https://host:1");
        assertEquals(Optional.of("https://host:1"), ResourceIndicator.select(target, Optional.of(pathless)));
        assertEquals("https://h", ResourceIndicator.canonical(URI.create("https://h/")));
    }

    @Test
    void challengeOfTheRfcsExample() {
        // RFC 7636 appendix B.
        assertEquals(
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                Pkce.challenge(new Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")));
    }

    @Test
    void secretsDoNotPrintAndCompareByValue() {
        assertFalse(new Secret("hush").toString().contains("hush"));
        assertTrue(new Secret("a").equals(new Secret("a")));
        assertFalse(new Secret("a").equals(new Secret("b")));
    }

    private static String shown(List<URI> uris) {
        return uris.stream().map(URI::toString).collect(Collectors.joining(" "));
    }

    private static Optional<Set<String>> optional(String text) {
        return text.equals("-") ? Optional.empty() : Optional.of(set(text));
    }

    private static Set<String> set(String text) {
        return text.isEmpty() ? Set.of() : new LinkedHashSet<>(Arrays.asList(text.split(" ")));
    }

    private static ProtectedResourceMetadata resource(String name) {
        return new ProtectedResourceMetadata(name, List.of(), Optional.empty(), Optional.empty(), false);
    }
}
