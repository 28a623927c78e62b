package dev.drawbridge.spec.emit.java;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import dev.drawbridge.spec.emit.GeneratedFile;
import dev.drawbridge.spec.model.Definition;
import dev.drawbridge.spec.model.ProtocolModel;
import dev.drawbridge.spec.model.TypeAlias;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the frame around a generated type: notice, package, the imports it uses, and the house's formatting. */
final class JavaFile {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    /** All that generated code refers to; the formatter drops what one file does not use. */
    private static Stream<String> libraries() {
        return Stream.of(
                "com.google.gson.Gson",
                "com.google.gson.JsonElement",
                "com.google.gson.JsonObject",
                "com.google.gson.JsonPrimitive",
                "com.google.gson.TypeAdapter",
                "com.google.gson.TypeAdapterFactory",
                "com.google.gson.reflect.TypeToken",
                "java.math.BigDecimal",
                "java.net.URI",
                "java.time.Instant",
                "java.util.Collections",
                "java.util.LinkedHashMap",
                "java.util.List",
                "java.util.Map",
                "java.util.Objects",
                "java.util.Optional",
                "org.jspecify.annotations.Nullable");
    }

    private final ProtocolModel model;

    JavaFile(ProtocolModel model) {
        this.model = model;
    }

    GeneratedFile inTypes(String name, String source) {
        return file(JavaNames.TYPES, name, libraries(), source);
    }

    GeneratedFile inJson(String name, String source) {
        Stream<String> types = model.definitions()
                .filter(one -> !(one instanceof TypeAlias))
                .map(Definition::name)
                .map(one -> JavaNames.TYPES + "." + one);
        return file(JavaNames.JSON, name, Stream.concat(libraries(), types), source);
    }

    private static GeneratedFile file(String target, String name, Stream<String> imports, String source) {
        String text = "// " + GeneratedFile.NOTICE + "\n\npackage " + target + ";\n\n"
                + imports.map(one -> "import " + one + ";\n").collect(Collectors.joining())
                + "\n"
                + source;
        String path = "server/src/main/java/" + target.replace('.', '/') + "/" + name + ".java";
        try {
            return new GeneratedFile(path, FORMATTER.formatSourceAndFixImports(text));
        } catch (FormatterException e) {
            throw new IllegalStateException("not Java: " + text, e);
        }
    }
}
