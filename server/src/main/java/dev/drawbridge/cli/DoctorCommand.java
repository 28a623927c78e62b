package dev.drawbridge.cli;

import dev.drawbridge.config.ConfigFile;
import dev.drawbridge.config.ConfigLocations;
import dev.drawbridge.config.ConfigProblem;
import dev.drawbridge.config.OperatingSystem;
import dev.drawbridge.daemon.BuildInfo;
import dev.drawbridge.daemon.DaemonConnection;
import dev.drawbridge.daemon.DaemonFiles;
import dev.drawbridge.daemon.Hello;
import dev.drawbridge.daemon.Role;
import dev.drawbridge.daemon.RuntimeFolder;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.keyring.ChosenTokenStore;
import dev.drawbridge.keyring.TokenStores;
import dev.drawbridge.oauth.token.StoreUnavailable;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code drawbridge doctor}: looks at everything Drawbridge stands on, one line each, with the next step where one is needed. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks what Drawbridge needs and says what to do. Exit code 1 when something is wrong.")
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private boolean wrong;

    @Override
    public Integer call() {
        PrintWriter out = Terminal.out(spec);
        java();
        distribution();
        runtimeFolder();
        daemon();
        configuration();
        tokenStore();
        out.println(wrong ? "Something needs your attention." : "All is well.");
        return wrong ? Terminal.FAILED : 0;
    }

    private void java() {
        fine("Java " + Runtime.version() + " at " + System.getProperty("java.home"));
    }

    private void distribution() {
        String home = System.getProperty("drawbridge.home", "");
        if (home.isEmpty()) {
            note("Runs from classes, not from a distribution: starts are slower.");
            return;
        }
        fine("Distribution at " + home);
        for (String cache : List.of("lsp.aot", "proxy.aot", "daemon.aot")) {
            if (!Files.isRegularFile(Path.of(home, "lib", cache))) {
                note("The start-up cache " + cache + " is missing: starts are slower. Build the distribution again.");
            }
        }
    }

    private void runtimeFolder() {
        switch (RuntimeFolder.ofThisUser()) {
            case Outcome.Success<RuntimeFolder>(RuntimeFolder folder) -> fine("Runtime folder " + folder.path());
            case Outcome.Failed<RuntimeFolder>(Failure failure) -> bad(failure);
        }
    }

    private void daemon() {
        Outcome<DaemonConnection> opened =
                DaemonConnection.openRunning(Hello.ofThisProcess(Role.STATUS, "drawbridge doctor", List.of()));
        switch (opened) {
            case Outcome.Success<DaemonConnection>(DaemonConnection connection) -> {
                connection.close();
                BuildInfo theirs = new BuildInfo(
                        connection.welcome().version(), connection.welcome().build());
                fine("Daemon, process " + connection.welcome().pid() + ", version " + theirs.version());
                if (!theirs.equals(BuildInfo.current())) {
                    note("The daemon is another build than this command. Run drawbridge stop to change over at once.");
                }
            }
            case Outcome.Failed<DaemonConnection>(Failure failure) -> {
                if (failure.code().equals("daemon.notRunning")) {
                    fine("No daemon is running; the first editor or host starts it");
                } else {
                    bad(failure);
                }
            }
        }
        fine("Log " + DaemonFiles.log());
    }

    private void configuration() {
        ConfigLocations locations = ConfigLocations.of(OperatingSystem.current(), System.getenv(), home());
        Path folder = Path.of("").toAbsolutePath();
        Stream.concat(Stream.of(locations.userFile()), locations.inWorkspace(folder).stream())
                .forEach(this::configurationFile);
    }

    private void configurationFile(Path path) {
        if (!Files.exists(path)) {
            note("No configuration at " + path);
            return;
        }
        ConfigFile file = ConfigFile.read(path);
        if (!file.broken()) {
            int servers = file.servers().size();
            fine("Configuration " + path + ", " + (servers == 1 ? "1 server" : servers + " servers"));
        }
        for (ConfigProblem problem : file.problems()) {
            String place = path + ":" + problem.range().humanStart();
            switch (problem.severity()) {
                case ERROR -> bad(new Failure(problem.code(), problem.message() + " " + place, "Correct it there."));
                case WARNING, INFORMATION -> note(problem.message() + " " + place + " (" + problem.code() + ")");
            }
        }
    }

    /** Asks for something that is not there: the way to every stored sign-in, without showing any. */
    private void tokenStore() {
        OperatingSystem os = OperatingSystem.current();
        Path folder = ConfigLocations.stateFolder(os, System.getenv(), home()).resolve("store");
        try (ChosenTokenStore store =
                TokenStores.choose(System.getenv(), os == OperatingSystem.WINDOWS, folder, InstantSource.system())) {
            store.get("doctor");
            fine("Token store: " + store.kind().words());
        } catch (StoreUnavailable e) {
            bad(new Failure(
                    e.failure().code(), e.failure().message(), e.failure().action()));
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home", ""));
    }

    private void fine(String line) {
        Terminal.out(spec).println("ok    " + line);
    }

    private void note(String line) {
        Terminal.out(spec).println("note  " + line);
    }

    private void bad(Failure failure) {
        wrong = true;
        Terminal.out(spec).println("bad   " + failure.message());
        Terminal.out(spec).println("      " + failure.action() + " (" + failure.code() + ")");
    }
}
