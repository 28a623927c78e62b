package dev.drawbridge.spec.emit;

/**
 * One generated file.
 *
 * @param path where it belongs, from the root of the repository, with slashes
 */
public record GeneratedFile(String path, String content) {
    /** What repairs a file that is not up to date. */
    public static final String REPAIR = "mvn -q -pl protocol-spec test -Ddrawbridge.generate=write";

    /** What every generated file says at its beginning. */
    public static final String NOTICE = "Generated from protocol-spec/model; repair: " + REPAIR;
}
