package dev.drawbridge.spec.emit;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.drawbridge.spec.model.BaseType;
import dev.drawbridge.spec.model.Definition;
import dev.drawbridge.spec.model.Enumeration;
import dev.drawbridge.spec.model.Property;
import dev.drawbridge.spec.model.ProtocolModel;
import dev.drawbridge.spec.model.Structure;
import dev.drawbridge.spec.model.Type;
import dev.drawbridge.spec.model.TypeAlias;
import dev.drawbridge.spec.model.Union;
import java.util.List;
import java.util.Optional;

/** One JSON Schema (2020-12) with a definition for each type, for tests and for tools that know no other vocabulary. */
public final class JsonSchemaEmitter implements Emitter {
    /** Where the schema is, from the root of the repository. */
    public static final String PATH = "protocol-spec/generated/drawbridge.schema.json";

    @Override
    public List<GeneratedFile> emit(ProtocolModel model) {
        JsonObject definitions = new JsonObject();
        model.definitions().forEach(one -> definitions.add(one.name(), definition(one)));
        JsonObject schema = new JsonObject();
        schema.addProperty("$comment", GeneratedFile.NOTICE);
        schema.addProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.addProperty("title", "The types of mcp/* messages, version " + model.version());
        schema.add("$defs", definitions);
        String text = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(schema);
        return List.of(new GeneratedFile(PATH, text + "\n"));
    }

    @Override
    public List<String> folders() {
        return List.of("protocol-spec/generated");
    }

    private static JsonObject definition(Definition definition) {
        JsonObject schema = new JsonObject();
        schema.addProperty("description", definition.documentation());
        switch (definition) {
            case Structure structure -> members(schema, Optional.empty(), structure.properties());
            case Union union -> {
                JsonArray cases = new JsonArray();
                for (Union.Case one : union.cases()) {
                    JsonObject branch = new JsonObject();
                    branch.addProperty("description", one.documentation());
                    members(branch, Optional.of(new Tag(union.tag(), one.name())), one.properties());
                    cases.add(branch);
                }
                schema.add("oneOf", cases);
            }
            case Enumeration enumeration -> {
                JsonArray values = new JsonArray();
                enumeration.values().forEach(value -> values.add(value.value()));
                schema.add("enum", values);
            }
            case TypeAlias alias -> {
                base(schema, alias.type());
                schema.addProperty("format", alias.format());
            }
        }
        return schema;
    }

    /** The member of a union's case whose value is fixed. */
    private record Tag(String name, String value) {}

    private static void members(JsonObject schema, Optional<Tag> tag, List<Property> properties) {
        JsonObject members = new JsonObject();
        JsonArray required = new JsonArray();
        tag.ifPresent(one -> {
            JsonObject fixed = new JsonObject();
            fixed.addProperty("const", one.value());
            members.add(one.name(), fixed);
            required.add(one.name());
        });
        for (Property property : properties) {
            JsonObject member = new JsonObject();
            member.addProperty("description", property.documentation());
            describe(member, property.type());
            members.add(property.name(), member);
            if (!property.optional()) {
                required.add(property.name());
            }
        }
        schema.addProperty("type", "object");
        schema.add("properties", members);
        schema.add("required", required);
    }

    private static JsonElement schema(Type type) {
        JsonObject schema = new JsonObject();
        describe(schema, type);
        return schema;
    }

    private static void describe(JsonObject schema, Type type) {
        switch (type) {
            case Type.Base(BaseType base) -> base(schema, base);
            case Type.Reference(String name) -> schema.addProperty("$ref", "#/$defs/" + name);
            case Type.Array(Type element) -> {
                schema.addProperty("type", "array");
                schema.add("items", schema(element));
            }
            case Type.Map(Type value) -> {
                schema.addProperty("type", "object");
                schema.add("additionalProperties", schema(value));
            }
        }
    }

    private static void base(JsonObject schema, BaseType base) {
        switch (base) {
            case STRING -> schema.addProperty("type", "string");
            case BOOLEAN -> schema.addProperty("type", "boolean");
            case INTEGER -> whole(schema, Integer.MIN_VALUE);
            case UINTEGER -> whole(schema, 0);
            case DECIMAL -> schema.addProperty("type", "number");
            case URI, DOCUMENT_URI -> {
                schema.addProperty("type", "string");
                schema.addProperty("format", "uri");
            }
            case OBJECT -> schema.addProperty("type", "object");
            case ANY -> {
                // Everything fits the empty schema.
            }
        }
    }

    private static void whole(JsonObject schema, int minimum) {
        schema.addProperty("type", "integer");
        schema.add("minimum", new JsonPrimitive(minimum));
        schema.add("maximum", new JsonPrimitive(Integer.MAX_VALUE));
    }
}
