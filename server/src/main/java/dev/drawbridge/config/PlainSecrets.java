package dev.drawbridge.config;

import dev.drawbridge.config.ConfigProblem.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Notices secrets written out in a file that is likely to be shared or backed up. A value with a variable, or a reference to
 * a file, is no secret. The secret itself never appears in the problem.
 */
final class PlainSecrets {
    static final String CODE = "config.plainSecret";

    private static final Set<String> SECRET_WORDS = Set.of(
            "TOKEN", "SECRET", "KEY", "APIKEY", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "CREDENTIALS", "PAT");
    private static final Set<String> HARMLESS_ENDS =
            Set.of("FILE", "PATH", "DIR", "URL", "URI", "NAME", "ID", "TYPE", "TTL", "LIMIT", "COUNT", "ENDPOINT");
    private static final Pattern HARMLESS_VALUE =
            Pattern.compile("(?i)|true|false|yes|no|none|[0-9]{1,7}|[~.]?/.*|[a-z]:\\\\.*");
    private static final Pattern USER_INFO = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://[^/@\\s]*:[^/@\\s]+@.*");
    private static final Pattern OPTION = Pattern.compile("--?([A-Za-z][A-Za-z0-9_-]*)(?:=(.*))?");
    private static final Pattern AUTHORIZATION = Pattern.compile("(?is)(proxy-)?authorization\\s*[:=].*\\S.*");

    private final Map<String, TextRange> places;
    private final ProblemList problems;

    private PlainSecrets(Map<String, TextRange> places, ProblemList problems) {
        this.places = places;
        this.problems = problems;
    }

    static void check(ServerDefinition definition, Map<String, TextRange> places, ProblemList problems) {
        PlainSecrets secrets = new PlainSecrets(places, problems);
        switch (definition) {
            case HttpDefinition http -> secrets.check(http);
            case StdioDefinition stdio -> secrets.check(stdio);
        }
    }

    private void check(HttpDefinition http) {
        if (isPlain(http.url()) && USER_INFO.matcher(http.url()).matches()) {
            report("/url", "the password in this URL");
        }
        http.headers().forEach((name, value) -> {
            if (isSecretHeader(name)
                    && isPlain(value)
                    && !HARMLESS_VALUE.matcher(value).matches()) {
                report("/headers/" + Members.escape(name), "this header");
            }
        });
        checkPlain("/oauth/clientSecret", http.oauth().clientSecret(), "the client secret");
        checkPlain("/oauth/privateKey", http.oauth().privateKey(), "the private key");
        checkPlain("/oauth/assertion", http.oauth().assertion(), "the assertion");
        http.oauth().idp().ifPresent(idp -> {
            checkPlain("/oauth/idp/clientSecret", idp.clientSecret(), "the client secret");
            checkPlain("/oauth/idp/idToken", idp.idToken(), "the ID token");
        });
        checkPlain("/tls/keyPassword", http.tls().keyPassword(), "the key's password");
        http.proxy()
                .filter(proxy -> isPlain(proxy) && USER_INFO.matcher(proxy).matches())
                .ifPresent(proxy -> report("/proxy", "the proxy's password"));
    }

    private void check(StdioDefinition stdio) {
        stdio.env().forEach((name, value) -> {
            boolean secret =
                    isSecretName(name) && !HARMLESS_VALUE.matcher(value).matches();
            if (isPlain(value) && (secret || USER_INFO.matcher(value).matches())) {
                report("/env/" + Members.escape(name), "the value of " + name);
            }
        });
        List<String> args = stdio.args();
        for (int i = 0; i < args.size(); i++) {
            String value = args.get(i);
            Optional<String> before = i == 0 ? Optional.empty() : Optional.of(args.get(i - 1));
            if (isPlain(value) && isSecretArgument(value, before)) {
                report("/args/" + i, "this argument");
            }
        }
    }

    private static boolean isSecretArgument(String value, Optional<String> before) {
        if (USER_INFO.matcher(value).matches() || AUTHORIZATION.matcher(value).matches()) {
            return true;
        }
        var option = OPTION.matcher(value);
        if (option.matches()) {
            String set = Optional.ofNullable(option.group(2)).orElse("");
            return isSecretName(option.group(1)) && !HARMLESS_VALUE.matcher(set).matches();
        }
        return !HARMLESS_VALUE.matcher(value).matches()
                && before.map(OPTION::matcher)
                        .filter(matcher -> matcher.matches() && matcher.group(2) == null)
                        .filter(matcher -> isSecretName(matcher.group(1)))
                        .isPresent();
    }

    private static boolean isSecretHeader(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("authorization")
                || lower.equals("proxy-authorization")
                || lower.equals("cookie")
                || isSecretName(name);
    }

    static boolean isSecretName(String name) {
        String[] words = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toUpperCase(Locale.ROOT)
                .split("[^A-Z0-9]+");
        if (words.length == 0 || HARMLESS_ENDS.contains(words[words.length - 1])) {
            return false;
        }
        for (String word : words) {
            if (SECRET_WORDS.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private void checkPlain(String pointer, Optional<String> value, String what) {
        value.filter(text -> isPlain(text) && !text.isBlank() && !text.startsWith("@"))
                .ifPresent(text -> report(pointer, what));
    }

    private static boolean isPlain(String value) {
        return !VariableText.parse(value).hasVariables();
    }

    private void report(String pointer, String what) {
        problems.add(
                places.getOrDefault(pointer, places.getOrDefault("/command", TextRange.START_OF_FILE)),
                Severity.WARNING,
                CODE,
                "Anyone who can read this file can read " + what
                        + "; keep it in the keyring and write ${keyring:name}, or ${env:NAME}.");
    }
}
