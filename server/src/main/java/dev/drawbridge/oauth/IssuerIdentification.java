package dev.drawbridge.oauth;

import java.util.List;

/**
 * The {@code iss} of an authorization response (RFC 9207 section 2.4, requirements 28 to 31). Compared character by
 * character: no case folding, no default ports, no trailing slashes.
 *
 * @param issuer who the request was sent to
 * @param advertised whether that server says it sends {@code iss}
 */
public record IssuerIdentification(String issuer, boolean advertised) {
    /** @param received every {@code iss} of the response, decoded */
    public boolean accepts(List<String> received) {
        if (received.isEmpty()) {
            return !advertised;
        }
        return received.size() == 1 && received.getFirst().equals(issuer);
    }
}
