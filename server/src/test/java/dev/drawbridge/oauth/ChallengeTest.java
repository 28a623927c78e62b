package dev.drawbridge.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 section 11.6.1, and what servers make of it (requirement 1). */
final class ChallengeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "Bearer | Bearer{}",
                "Bearer realm=\"a\", scope=\"x y\" | Bearer{realm=a, scope=x y}",
                "bearer resource_metadata=https://h/.well-known/x?a=b |"
                        + " bearer{resource_metadata=https://h/.well-known/x?a=b}",
                "Bearer resource_metadata=https://h/p, error=invalid_token | Bearer{resource_metadata=https://h/p,"
                        + " error=invalid_token}",
                "Basic realm=\"b\", Bearer realm=\"c\" | Basic{realm=b} Bearer{realm=c}",
                "Negotiate abc==, Bearer scope=x | Negotiate{} Bearer{scope=x}",
                "Basic, Bearer realm=\"c, d=\\\"e\\\"\" | Basic{} Bearer{realm=c, d=\"e\"}",
                "Bearer realm = \"a\" , SCOPE = \"b\" | Bearer{realm=a, scope=b}",
                "Bearer realm=\"never closed | Bearer{realm=never closed}",
                "Bearer scope=\"a\", scope=\"b\" | Bearer{scope=a}",
                ",, Bearer ,, scope=a ,, | Bearer{scope=a}",
                "DPoP algs=\"ES256\", Bearer error=\"invalid_token\" | DPoP{algs=ES256} Bearer{error=invalid_token}",
                "@@@ | ^^",
            })
    void readsOneHeader(String header, String expected) {
        assertEquals(expected == null ? "" : expected, shown(Challenge.parse(List.of(header))));
    }

    @Test
    void readsSeveralHeadersAndFindsTheOAuthOne() {
        List<Challenge> challenges = Challenge.parse(
                List.of("Basic realm=\"x\"", "Bearer resource_metadata=\"https://h/prm\", scope=\"a b\""));
        Challenge bearer = Challenge.oauth(challenges).orElseThrow();
        assertEquals(Optional.of(URI.create("https://h/prm")), bearer.resourceMetadata());
        assertEquals(Set.of("a", "b"), bearer.scopes());
    }

    @Test
    void ignoresARelativeMetadataAddressAndAnEndlessHeader() {
        assertEquals(
                Optional.empty(),
                Challenge.parse(List.of("Bearer resource_metadata=\"/x\""))
                        .getFirst()
                        .resourceMetadata());
        assertEquals(List.of(), Challenge.parse(List.of("Bearer realm=\"" + "x".repeat(70_000) + "\"")));
    }

    private static String shown(List<Challenge> challenges) {
        StringBuilder text = new StringBuilder();
        challenges.forEach(
                challenge -> text.append(' ').append(challenge.scheme()).append(challenge.parameters()));
        return text.toString().strip();
    }
}
