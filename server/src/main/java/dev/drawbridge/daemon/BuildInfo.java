package dev.drawbridge.daemon;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which Drawbridge this is. The file behind it is written when the distribution is assembled; its build id is a hash of
 * the compiled classes, so that equal code has an equal id wherever and whenever it was built.
 */
public record BuildInfo(String version, String build) {
    private static final BuildInfo CURRENT = read();

    public static BuildInfo current() {
        return CURRENT;
    }

    /** Whether that build should take this one's place: a later version, or another build of the same version. */
    public boolean isSupersededBy(String otherVersion, String otherBuild) {
        int order = compareVersions(otherVersion, version);
        return order > 0 || order == 0 && !otherBuild.equals(build);
    }

    /** Compares the numbers of two versions; what follows a hyphen does not count. */
    static int compareVersions(String left, String right) {
        String[] lefts = numbers(left);
        String[] rights = numbers(right);
        for (int i = 0; i < Math.max(lefts.length, rights.length); i++) {
            int order = Integer.compare(number(lefts, i), number(rights, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static String[] numbers(String version) {
        int hyphen = version.indexOf('-');
        return (hyphen < 0 ? version : version.substring(0, hyphen)).split("\\.", 8);
    }

    private static int number(String[] parts, int at) {
        try {
            return at < parts.length ? Integer.parseInt(parts[at]) : 0;
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /** A file beside the jar rather than a resource in it: to find a resource, the JDK first searches itself, at some length. */
    private static BuildInfo read() {
        String home = System.getProperty("drawbridge.home", "");
        if (home.isEmpty()) {
            // Classes run from a build folder, without a distribution.
            return new BuildInfo("0.0.0-dev", "dev");
        }
        try (InputStream in = new FileInputStream(home + "/lib/build.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return new BuildInfo(properties.getProperty("version", ""), properties.getProperty("build", ""));
        } catch (IOException e) {
            throw new UncheckedIOException("Drawbridge's own distribution is unreadable", e);
        }
    }
}
