import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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
 * 514), which are made by running each role once. Run by Maven in the phase {@code package} with the toolchain's JDK,
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
    private static final int TRAINING_SECONDS = 90;

    private final Path module;
    private final Path home;
    private final Path lib;
    private final Path classes;
    private final String version;
    private final List<Path> dependencies;
    private final Path javaCommand = Path.of(System.getProperty("java.home"), "bin", "java");

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
        writeOwnJar(build);
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
        train();
        Files.writeString(complete, fingerprint + "\n");
    }

    private static Predicate<String> startsWithAny(List<String> prefixes) {
        return name -> prefixes.stream().anyMatch(name::startsWith);
    }

    private void writeOwnJar(String build) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(lib.resolve("drawbridge.jar")))) {
            for (Path file : filesIn(classes)) {
                if (!file.endsWith(Path.of("META-INF", "MANIFEST.MF"))) {
                    add(out, classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
            String properties = "version=" + version + "\nbuild=" + build + "\n";
            add(out, "dev/drawbridge/build.properties", properties.getBytes(StandardCharsets.ISO_8859_1));
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

    /** Runs each role once on folders of its own. A cache that cannot be made costs speed, never the build. */
    private void train() throws Exception {
        Path work = Files.createTempDirectory("drawbridge-training");
        Path log = module.resolve("target").resolve("training.log");
        Files.deleteIfExists(log);
        try {
            // Without a daemon: the relay learns to start one.
            converse(role("relay", List.of("-XX:AOTCacheOutput=" + lib.resolve("relay.aot")), "lsp"), work, log);
            finish(start(role("cli", List.of("-XX:AOTCacheOutput=" + lib.resolve("cli.aot")), "status"), work, log));
            finish(start(role("cli", List.of(), "stop"), work, log));
            Process daemon = start(
                    role("daemon", List.of("-XX:AOTCacheOutput=" + lib.resolve("daemon.aot")), "daemon"), work, log);
            Path socket = work.resolve("run").resolve("daemon-1.sock");
            for (int i = 0; i < 500 && daemon.isAlive() && !Files.exists(socket); i++) {
                Thread.sleep(20);
            }
            for (int i = 0; i < 3; i++) {
                converse(role("relay", List.of(), "lsp"), work, log);
            }
            finish(start(role("cli", List.of(), "status"), work, log));
            finish(start(role("cli", List.of(), "stop"), work, log));
            finish(daemon);
        } catch (IOException e) {
            System.err.println("The start-up caches could not be made (" + e + "); Drawbridge works without them.");
        } finally {
            delete(work);
        }
        for (String role : List.of("relay", "cli", "daemon")) {
            if (!Files.isRegularFile(lib.resolve(role + ".aot"))) {
                System.err.println("The start-up cache of " + role + " was not made; see " + log
                        + ". Drawbridge works without it, and starts more slowly.");
            }
        }
    }

    private List<String> role(String role, List<String> extra, String... words) {
        List<String> command = new ArrayList<>();
        command.add(javaCommand.toString());
        command.add("@" + lib.resolve(role + ".jvmargs"));
        command.addAll(extra);
        if (extra.isEmpty()) {
            command.add("-XX:AOTCache=" + lib.resolve(role + ".aot"));
        }
        command.add("-Ddrawbridge.home=" + home);
        command.add("-cp");
        command.add(lib.resolve(role.equals("relay") ? "drawbridge.jar" : "drawbridge-" + role + ".jar")
                .toString());
        command.add("dev.drawbridge.Main");
        command.addAll(Arrays.asList(words));
        return command;
    }

    private static Process start(List<String> command, Path work, Path log) throws IOException {
        return isolated(command, work)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Training must not meet the daemon, the keyring or the servers of the person who builds. */
    private static ProcessBuilder isolated(List<String> command, Path work) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DRAWBRIDGE_RUNTIME_DIR", work.resolve("run").toString());
        builder.environment().put("DRAWBRIDGE_IDLE_SECONDS", "30");
        for (String variable : List.of("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")) {
            builder.environment().put(variable, work.resolve(variable).toString());
        }
        builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
        return builder;
    }

    private static void finish(Process process) throws InterruptedException {
        if (!process.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** One editor's short life, ended only after everything was answered. */
    private static void converse(List<String> command, Path work, Path log) throws IOException, InterruptedException {
        Process relay = isolated(command, work)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Thread killer = Thread.ofPlatform().daemon().start(() -> {
            try {
                if (!relay.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS)) {
                    relay.destroyForcibly();
                }
            } catch (InterruptedException _) {
                relay.destroyForcibly();
            }
        });
        try (OutputStream out = relay.getOutputStream();
                InputStream in = relay.getInputStream()) {
            String uri = "file:///training/mcp.json";
            write(
                    out,
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"processId\":null,\"rootUri\":null,"
                        + "\"clientInfo\":{\"name\":\"Training\",\"version\":\"1\"},\"capabilities\":{}}}");
            write(out, "{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}");
            write(
                    out,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":{\"uri\":\""
                            + uri
                            + "\",\"languageId\":\"jsonc\",\"version\":1,\"text\":\"{\\\"mcpServers\\\":{}}\"}}}");
            int last = 1;
            for (String method : List.of(
                    "mcp/listServers",
                    "textDocument/codeLens",
                    "textDocument/documentSymbol",
                    "textDocument/codeAction")) {
                last++;
                write(
                        out,
                        "{\"jsonrpc\":\"2.0\",\"id\":" + last + ",\"method\":\"" + method
                                + "\",\"params\":{\"textDocument\":{\"uri\":\"" + uri
                                + "\"},\"range\":{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":0,\"character\":0}},"
                                + "\"context\":{\"diagnostics\":[]}}}");
            }
            awaitAnswer(in, last);
            write(out, "{\"jsonrpc\":\"2.0\",\"id\":99,\"method\":\"shutdown\"}");
            awaitAnswer(in, 99);
            write(out, "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
        } catch (IOException e) {
            Files.writeString(log, "Training conversation ended: " + e + "\n", StandardOpenOption.APPEND);
        }
        relay.waitFor();
        killer.join();
    }

    private static void write(OutputStream out, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(("Content-Length: " + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
    }

    private static void awaitAnswer(InputStream in, int id) throws IOException {
        String wanted = "\"id\":" + id;
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(wanted + ",") < 0 && seen.indexOf(wanted + "}") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the relay ended before it answered request " + id);
            }
            seen.append((char) next);
        }
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
