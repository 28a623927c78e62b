package dev.drawbridge.spec;

import dev.drawbridge.spec.emit.Emitter;
import dev.drawbridge.spec.emit.GeneratedFile;
import dev.drawbridge.spec.emit.JsonSchemaEmitter;
import dev.drawbridge.spec.emit.elisp.ElispEmitter;
import dev.drawbridge.spec.emit.java.JavaEmitter;
import dev.drawbridge.spec.emit.lua.LuaEmitter;
import dev.drawbridge.spec.emit.markdown.GuideEmitter;
import dev.drawbridge.spec.emit.markdown.SpecificationEmitter;
import dev.drawbridge.spec.emit.typescript.TypeScriptEmitter;
import dev.drawbridge.spec.model.ModelReader;
import dev.drawbridge.spec.model.ProtocolModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Derives every generated file of the repository from the model, and tells which of them are not up to date. */
public final class Generator {
    private final Path root;
    private final List<Emitter> emitters;
    private final List<GeneratedFile> files;

    /** Reads the model of the repository at {@code root}; nothing is written yet. */
    public Generator(Path root) throws IOException {
        this.root = root;
        ProtocolModel model =
                ModelReader.read(Files.readString(root.resolve("protocol-spec/model/drawbridge-protocol.json")));
        Examples examples = new Examples(root.resolve("protocol-spec/examples"));
        emitters = List.of(
                new JavaEmitter(),
                new TypeScriptEmitter(),
                new LuaEmitter(),
                new ElispEmitter(),
                new JsonSchemaEmitter(),
                new SpecificationEmitter(prose("introduction.md"), examples),
                new GuideEmitter(prose("new-editor.md"), examples));
        files = emitters.stream().flatMap(one -> one.emit(model).stream()).toList();
    }

    private String prose(String name) throws IOException {
        return Files.readString(root.resolve("protocol-spec/model").resolve(name));
    }

    /** The generated files that differ from what the model asks for, are missing, or belong to nothing in the model. */
    public Set<String> outdated() throws IOException {
        Set<String> outdated = stale();
        for (GeneratedFile file : files) {
            Path path = root.resolve(file.path());
            if (!Files.exists(path) || !Files.readString(path).equals(file.content())) {
                outdated.add(file.path());
            }
        }
        return outdated;
    }

    /** Brings every generated file up to date. */
    public void write() throws IOException {
        for (String path : stale()) {
            Files.delete(root.resolve(path));
        }
        for (GeneratedFile file : files) {
            Path path = root.resolve(file.path());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.content());
        }
    }

    private Set<String> stale() throws IOException {
        Set<String> wanted = files.stream().map(GeneratedFile::path).collect(Collectors.toSet());
        Set<String> stale = new TreeSet<>();
        for (String folder :
                emitters.stream().flatMap(one -> one.folders().stream()).toList()) {
            if (!Files.isDirectory(root.resolve(folder))) {
                continue;
            }
            try (Stream<Path> found = Files.walk(root.resolve(folder))) {
                for (Path path : found.filter(Files::isRegularFile).toList()) {
                    String name = root.relativize(path).toString().replace('\\', '/');
                    if (!wanted.contains(name) && Files.readString(path).contains(GeneratedFile.NOTICE)) {
                        stale.add(name);
                    }
                }
            }
        }
        return stale;
    }
}
