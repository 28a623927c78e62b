import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Puts the distribution together: {@code target/drawbridge} with the launcher, our jar, the dependencies without their
 * signatures (a signed jar's classes are left out of every AOT cache), one class path per role, and the AOT caches (JEP
 * 514) of {@link StartUpTraining}. Run by Maven in the phase {@code package} with the toolchain's JDK,
 * because a cache fits only the JDK that made it.
 *
 * <p>Arguments: the version, the module's folder, the runtime class path.
 */
final class AssembleDistribution {
    /** What only {@code drawbridge demo} needs: the MCP SDK with its JSON library, and the web server under it. */
    private static final List<String> DEMO_ONLY = List.of(
            "mcp-",
            "jackson-",
            "json-schema-validator-",
            "itu-",
            "snakeyaml-",
            "reactor-",
            "reactive-streams-",
            "tomcat-");

    private static final List<String> CLI_ONLY = List.of("picocli-");
    private static final long FIXED_TIME = 1_767_225_600_000L;

    private final Path module;
    private final Path home;
    private final Path lib;
    private final Path classes;
    private final String version;
    private final List<Path> dependencies;

    private AssembleDistribution(String version, Path module, String classPath) {
        this.version = version;
        this.module = module;
        this.home = module.resolve("target").resolve("drawbridge");
        this.lib = home.resolve("lib");
        this.classes = module.resolve("target").resolve("classes");
        this.dependencies = Stream.of(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> !path.equals(classes) && Files.exists(path))
                .toList();
    }

    public static void main(String[] args) throws Exception {
        new AssembleDistribution(args[0], Path.of(args[1]).toRealPath(), args[2]).run();
    }

    private void run() throws Exception {
        String build = hash(classes);
        String fingerprint = String.join(
                " ",
                version,
                build,
                hash(module.resolve("src").resolve("main").resolve("dist")),
                hash(module.resolve("src").resolve("build")),
                Runtime.version().toString(),
                System.getProperty("java.home"),
                Integer.toHexString(dependencies.hashCode()));
        Path complete = lib.resolve("complete");
        Path launcher = module.getParent().resolve("drawbridge");
        if (Files.isRegularFile(complete) && Files.readString(complete).strip().equals(fingerprint)) {
            copy(launcher, home.resolve("bin").resolve("drawbridge"));
            return;
        }
        delete(home);
        Files.createDirectories(lib);
        Files.createDirectories(home.resolve("bin"));
        copy(launcher, home.resolve("bin").resolve("drawbridge"));
        copy(module.getParent().resolve("drawbridge.cmd"), home.resolve("bin").resolve("drawbridge.cmd"));
        copy(module.getParent().resolve("LICENSE"), home.resolve("LICENSE"));
        try (Stream<Path> files =
                Files.list(module.resolve("src").resolve("main").resolve("dist"))) {
            for (Path file : files.toList()) {
                copy(file, lib.resolve(file.getFileName()));
            }
        }
        writeOwnJar();
        Files.writeString(lib.resolve("build.properties"), "version=" + version + "\nbuild=" + build + "\n");
        List<String> names = new ArrayList<>();
        for (Path dependency : dependencies) {
            names.add(writeUnsigned(dependency));
        }
        Predicate<String> demo = startsWithAny(DEMO_ONLY);
        Predicate<String> cli = startsWithAny(CLI_ONLY);
        writeClassPathJar("daemon", names.stream().filter(demo.or(cli).negate()).toList());
        writeClassPathJar("cli", names.stream().filter(demo.negate()).toList());
        writeClassPathJar("demo", names);
        Files.writeString(lib.resolve("jdk"), System.getProperty("java.home") + "\n");
        new StartUpTraining(lib, module.resolve("target").resolve("training.log")).train();
        Files.writeString(complete, fingerprint + "\n");
    }

    private static Predicate<String> startsWithAny(List<String> prefixes) {
        return name -> prefixes.stream().anyMatch(name::startsWith);
    }

    private void writeOwnJar() throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(lib.resolve("drawbridge.jar")))) {
            for (Path file : filesIn(classes)) {
                if (!file.endsWith(Path.of("META-INF", "MANIFEST.MF"))) {
                    add(out, classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
        }
    }

    /** Copies a jar without its signature files; licences and notices stay where they are. */
    private String writeUnsigned(Path dependency) throws IOException {
        if (Files.isDirectory(dependency)) {
            String name = dependency.getParent().getParent().getFileName() + ".jar";
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(lib.resolve(name)))) {
                for (Path file : filesIn(dependency)) {
                    add(out, dependency.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
            return name;
        }
        String name = dependency.getFileName().toString();
        try (JarFile jar = new JarFile(dependency.toFile(), false);
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(lib.resolve(name)))) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (!entry.isDirectory() && !entry.getName().matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        byte[] bytes = in.readAllBytes();
                        add(
                                out,
                                entry.getName(),
                                entry.getName().equals(JarFile.MANIFEST_NAME) ? unsigned(bytes) : bytes);
                    }
                }
            }
        }
        return name;
    }

    /** The manifest without the digests of its entries, which would be wrong company for a jar without signatures. */
    private static byte[] unsigned(byte[] manifest) throws IOException {
        Manifest read = new Manifest(new ByteArrayInputStream(manifest));
        read.getEntries().clear();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        read.write(out);
        return out.toByteArray();
    }

    private void writeClassPathJar(String role, List<String> names) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "dev.drawbridge.Main");
        main.put(Attributes.Name.CLASS_PATH, "drawbridge.jar " + String.join(" ", names));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        try (JarOutputStream out =
                new JarOutputStream(Files.newOutputStream(lib.resolve("drawbridge-" + role + ".jar")))) {
            add(out, JarFile.MANIFEST_NAME, bytes.toByteArray());
        }
    }

    private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTime(FIXED_TIME);
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }

    private static String hash(Path folder) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        TreeMap<String, Path> files = new TreeMap<>();
        for (Path file : filesIn(folder)) {
            files.put(folder.relativize(file).toString().replace('\\', '/'), file);
        }
        for (var file : files.entrySet()) {
            digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file.getValue()));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
