package dev.drawbridge.spec.emit.java;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.emit.Emitter;
import dev.drawbridge.spec.emit.GeneratedFile;
import dev.drawbridge.spec.model.Definition;
import dev.drawbridge.spec.model.Enumeration;
import dev.drawbridge.spec.model.ProtocolModel;
import dev.drawbridge.spec.model.Structure;
import dev.drawbridge.spec.model.TypeAlias;
import dev.drawbridge.spec.model.Union;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's types: a record for each structure, a sealed interface with records for each union, an enum with its
 * spelling for each enumeration, and next to them, in a package of their own, the Gson adapters.
 */
public final class JavaEmitter implements Emitter {
    @Override
    public List<GeneratedFile> emit(ProtocolModel model) {
        JavaFile file = new JavaFile(model);
        TypeSource types = new TypeSource(model);
        JsonSource json = new JsonSource(model);
        MessageSource messages = new MessageSource(model);
        List<GeneratedFile> files = new ArrayList<>();
        model.definitions().forEach(definition -> {
            String name = definition.name();
            switch (definition) {
                case Structure one -> {
                    files.add(file.inTypes(name, types.of(one)));
                    files.add(file.inJson(name + "Json", json.of(one)));
                }
                case Union one -> {
                    files.add(file.inTypes(name, types.of(one)));
                    files.add(file.inJson(name + "Json", json.of(one)));
                }
                case Enumeration one -> {
                    files.add(file.inTypes(name, types.of(one)));
                    files.add(file.inJson(name + "Json", json.of(one)));
                }
                case TypeAlias _ -> {
                    // An alias is the Java type that JavaType gives it.
                }
            }
        });
        files.add(file.inTypes("Methods", messages.methods()));
        files.add(file.inTypes("MessageType", messages.messages()));
        files.add(file.inJson("ProtocolAdapters", adapters(model)));
        return files;
    }

    @Override
    public List<String> folders() {
        return List.of("server/src/main/java/dev/drawbridge/protocol");
    }

    /** A switch rather than a table of lambdas: what is never sent costs nothing at start. */
    private static String adapters(ProtocolModel model) {
        return """
            /**
             * Gives Gson an adapter for every type of the protocol. What does not fit is refused with a
             * {@link com.google.gson.JsonSyntaxException} that names the place and what was expected there.
             */
            public final class ProtocolAdapters implements TypeAdapterFactory {
                @Override
                public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
                    Class<? super T> wanted = type.getRawType();
                    if (!wanted.getPackageName().equals("TYPES")) {
                        return null;
                    }
                    Class<?> owner = wanted.isMemberClass() ? wanted.getDeclaringClass() : wanted;
                    ValueAdapter<?> adapter = switch (owner.getSimpleName()) {
                        CASES
                        default -> null;
                    };
                    return adapter == null ? null : adapter.narrowedTo(wanted, gson);
                }
            }
            """.replace("TYPES", JavaNames.TYPES).replace(
                "CASES",
                model.definitions()
                        .filter(one -> !(one instanceof TypeAlias))
                        .map(Definition::name)
                        .map(one -> "case \"" + one + "\" -> new ValueAdapter<>(" + one + "Json::read, " + one
                                + "Json::write);\n")
                        .collect(joining()));
    }
}
