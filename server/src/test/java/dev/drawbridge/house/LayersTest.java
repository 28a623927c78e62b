package dev.drawbridge.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the layers of ARCHITECTURE.md: which package may know which, and which library belongs to whom. */
final class LayersTest {
    private static final String BASE = "dev/drawbridge/";

    /** What each package of ours may use of ours, itself aside. Sub-packages have lines of their own where they differ. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("protocol", Set.of()),
            Map.entry("config", Set.of()),
            Map.entry("mcp", Set.of()),
            Map.entry("oauth", Set.of()),
            Map.entry("keyring", Set.of("oauth")),
            Map.entry("hub", Set.of("mcp", "oauth", "config")),
            Map.entry("lsp", Set.of("hub", "mcp", "config", "protocol")),
            Map.entry("proxy", Set.of("hub", "mcp", "config")),
            Map.entry("daemon", Set.of("lsp", "proxy", "hub", "mcp", "oauth", "config", "keyring")),
            Map.entry("cli", Set.of("daemon", "lsp", "proxy", "hub", "mcp", "oauth", "config", "keyring", "protocol")),
            Map.entry("", Set.of("cli", "daemon")));

    /** Libraries and the only packages of ours that may touch them. */
    private static final Map<String, Set<String>> OWNERS = Map.of(
            "org/eclipse/lsp4j/", Set.of("lsp"),
            "com/nimbusds/", Set.of("oauth"),
            "com/github/javakeyring/", Set.of("keyring"),
            "io/modelcontextprotocol/", Set.of("cli"),
            "org/apache/catalina/", Set.of("cli"),
            "picocli/", Set.of("cli", ""));

    /** The one type that anybody may hold: it is what keeps a secret out of a text. */
    private static final String SECRET = BASE + "oauth/Secret";

    private static final Pattern NAMES_IN_SIGNATURE = Pattern.compile("L([\\w/$]+)[;<]");

    @Test
    void packagesKnowOnlyWhatLiesBelowThem() throws IOException {
        Set<String> wrong = new TreeSet<>();
        references().forEach((from, names) -> {
            String layer = layer(from);
            assertTrue(MAY_USE.containsKey(layer), () -> layer + " (of " + from + ") has no line in MAY_USE");
            for (String name : names) {
                if (name.startsWith(BASE)
                        && !layer(name).equals(layer)
                        && !name.equals(SECRET)
                        && !MAY_USE.get(layer).contains(layer(name))) {
                    wrong.add(from + " uses " + name);
                }
            }
        });
        assertEquals(Set.of(), wrong);
    }

    @Test
    void librariesHaveOneOwner() throws IOException {
        Set<String> wrong = new TreeSet<>();
        references().forEach((from, names) -> {
            for (String name : names) {
                OWNERS.forEach((library, owners) -> {
                    if (name.startsWith(library) && !owners.contains(layer(from))) {
                        wrong.add(from + " uses " + name);
                    }
                });
            }
        });
        assertEquals(Set.of(), wrong);
    }

    /** The relay must start in milliseconds: it may not so much as name a heavy class. Two records of the hub are none. */
    @Test
    void theRelayIsLight() throws IOException {
        Set<String> wrong = new TreeSet<>();
        references().forEach((from, names) -> {
            if (from.startsWith(BASE + "daemon/relay/")) {
                for (String name : names) {
                    boolean light = name.startsWith("java/")
                            || name.startsWith("jdk/net/")
                            || name.startsWith(BASE + "daemon/")
                            || name.startsWith(BASE + "mcp/json/")
                            || name.startsWith("org/jspecify/")
                            || name.matches(BASE + "hub/(Failure|Outcome)(\\$\\w+)?");
                    if (!light) {
                        wrong.add(from + " uses " + name);
                    }
                }
            }
        });
        assertEquals(Set.of(), wrong);
    }

    /** Standard output belongs to the wire; only the command line, which has none, prints. */
    @Test
    void onlyTheCommandLinePrints() throws IOException {
        List<String> wrong = new ArrayList<>();
        Path sources = Path.of("src/main/java/dev/drawbridge");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String layer = sources.relativize(file).getName(0).toString();
                if (!layer.equals("cli") && Files.readString(file).contains("System.out.print")) {
                    wrong.add(file.toString());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static String layer(String className) {
        String rest = className.substring(BASE.length());
        int slash = rest.indexOf('/');
        return slash < 0 ? "" : rest.substring(0, slash);
    }

    /** Every class of ours with the names of all classes it refers to, read from the compiled files. */
    private static Map<String, Set<String>> references() throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        Path classes = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(file);
                found.put(model.thisClass().asInternalName(), namesIn(model));
            }
        }
        assertTrue(found.size() > 20, "the compiled classes are where this test looks");
        return found;
    }

    private static Set<String> namesIn(ClassModel model) {
        Set<String> names = new HashSet<>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                // Arrays of primitives are named like "[B".
                case ClassEntry name
                when name.asInternalName().startsWith("[") ->
                    names.add(name.asInternalName().replaceFirst("^\\[+L?", "").replaceFirst("^[BCDFIJSZ]$", "java/"));
                case ClassEntry name -> names.add(name.asInternalName());
                case Utf8Entry text -> {
                    Matcher matcher = NAMES_IN_SIGNATURE.matcher(text.stringValue());
                    while (matcher.find()) {
                        names.add(matcher.group(1));
                    }
                }
                default -> {}
            }
        }
        return names;
    }
}
