package dev.drawbridge.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110 section 11.6.1), with the parameters OAuth gives a meaning
 * (RFC 6750 section 3, RFC 9728 section 5.1). A header may carry several, a response several headers. Reading never
 * fails: what is malformed is skipped, and values that should have been quoted are taken as they are, because a server
 * in the wild writes {@code resource_metadata=https://…} bare.
 *
 * @param scheme as written
 * @param parameters names in lower case; the first of equal names counts
 */
public record Challenge(String scheme, Map<String, String> parameters) {
    private static final int LIMIT = 64 * 1024;
    private static final int MAX_CHALLENGES = 32;

    public Challenge {
        parameters = new LinkedHashMap<>(parameters);
    }

    public static List<Challenge> parse(List<String> wwwAuthenticateValues) {
        List<Challenge> challenges = new ArrayList<>();
        for (String value : wwwAuthenticateValues) {
            if (value.length() <= LIMIT) {
                new Reader(value).readInto(challenges);
            }
        }
        return List.copyOf(challenges);
    }

    /** The first challenge of a scheme OAuth tokens are presented with. */
    public static Optional<Challenge> oauth(List<Challenge> challenges) {
        return challenges.stream()
                .filter(challenge -> challenge.is("Bearer") || challenge.is("DPoP"))
                .findFirst();
    }

    public boolean is(String name) {
        return scheme.equalsIgnoreCase(name);
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Where the protected resource metadata is, when the value is an absolute URI. */
    public Optional<URI> resourceMetadata() {
        return parameter("resource_metadata").flatMap(Challenge::absoluteUri);
    }

    /** Empty when the challenge names no scope. */
    public Set<String> scopes() {
        Set<String> scopes = new LinkedHashSet<>();
        for (String scope : parameter("scope").orElse("").split("\\s+")) {
            if (!scope.isEmpty()) {
                scopes.add(scope);
            }
        }
        return scopes;
    }

    public Optional<String> error() {
        return parameter("error");
    }

    private static Optional<URI> absoluteUri(String text) {
        try {
            return Optional.of(new URI(text)).filter(URI::isAbsolute);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Reads left to right; a word starts a challenge unless {@code =} and a value follow it. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void readInto(List<Challenge> challenges) {
            Optional<String> scheme = Optional.empty();
            Map<String, String> parameters = new LinkedHashMap<>();
            while (at < text.length() && challenges.size() < MAX_CHALLENGES) {
                skipBlanksAndCommas();
                String word = token();
                if (word.isEmpty()) {
                    at++;
                    continue;
                }
                int afterWord = at;
                skipBlanks();
                if (scheme.isPresent() && at < text.length() && text.charAt(at) == '=') {
                    at++;
                    skipBlanks();
                    parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value());
                    continue;
                }
                at = afterWord;
                scheme.ifPresent(name -> challenges.add(new Challenge(name, parameters)));
                parameters.clear();
                scheme = Optional.of(word);
                skipToken68();
            }
            scheme.ifPresent(name -> challenges.add(new Challenge(name, parameters)));
        }

        /** A credential-like blob right after the scheme, such as Negotiate sends; it means nothing to OAuth. */
        private void skipToken68() {
            int start = at;
            skipBlanks();
            int from = at;
            while (at < text.length() && isToken68(text.charAt(at))) {
                at++;
            }
            while (at < text.length() && text.charAt(at) == '=') {
                at++;
            }
            int to = at;
            skipBlanks();
            boolean whole = to > from && (at == text.length() || text.charAt(at) == ',');
            if (!whole) {
                at = start;
            }
        }

        private String value() {
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted();
            }
            int start = at;
            while (at < text.length() && text.charAt(at) != ',' && !isBlank(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
                at++;
            }
            at++;
            return value.toString();
        }

        private String token() {
            int start = at;
            while (at < text.length() && isToken(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private void skipBlanks() {
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
        }

        private void skipBlanksAndCommas() {
            while (at < text.length() && (isBlank(text.charAt(at)) || text.charAt(at) == ',')) {
                at++;
            }
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t' || c == '\r' || c == '\n';
        }

        private static boolean isToken(char c) {
            return isAlphanumeric(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }

        private static boolean isToken68(char c) {
            return isAlphanumeric(c) || "-._~+/".indexOf(c) >= 0;
        }

        private static boolean isAlphanumeric(char c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
        }
    }
}
