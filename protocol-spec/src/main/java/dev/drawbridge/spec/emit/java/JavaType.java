package dev.drawbridge.spec.emit.java;

import dev.drawbridge.spec.model.Property;
import dev.drawbridge.spec.model.ProtocolModel;
import dev.drawbridge.spec.model.Type;
import dev.drawbridge.spec.model.TypeAlias;

/** The Java side of the model's types: how they are declared, read from JSON and written to JSON. */
final class JavaType {
    private final ProtocolModel model;

    JavaType(ProtocolModel model) {
        this.model = model;
    }

    /** The type of the record component that stands for a property. */
    String component(Property property) {
        if (property.optional()) {
            return "Optional<" + boxed(property.type()) + ">";
        }
        return switch (boxed(property.type())) {
            case "Integer" -> "int";
            case "Boolean" -> "boolean";
            case String other -> other;
        };
    }

    private String boxed(Type type) {
        return switch (type) {
            case Type.Base(var base) ->
                switch (base) {
                    case STRING -> "String";
                    case BOOLEAN -> "Boolean";
                    case INTEGER, UINTEGER -> "Integer";
                    case DECIMAL -> "BigDecimal";
                    case URI, DOCUMENT_URI -> "URI";
                    case ANY -> "JsonElement";
                    case OBJECT -> "JsonObject";
                };
            case Type.Reference(String name) -> isTimestamp(name) ? "Instant" : name;
            case Type.Array(Type element) -> "List<" + boxed(element) + ">";
            case Type.Map(Type value) -> "Map<String, " + boxed(value) + ">";
        };
    }

    /** An expression of the type {@code Function<JsonNode, T>}. */
    String reader(Type type) {
        return switch (type) {
            case Type.Base(var base) ->
                switch (base) {
                    case STRING -> "JsonNode::string";
                    case BOOLEAN -> "JsonNode::bool";
                    case INTEGER -> "JsonNode::integer";
                    case UINTEGER -> "JsonNode::uinteger";
                    case DECIMAL -> "JsonNode::decimal";
                    case URI, DOCUMENT_URI -> "JsonNode::uri";
                    case ANY -> "JsonNode::element";
                    case OBJECT -> "JsonNode::object";
                };
            case Type.Reference(String name) -> isTimestamp(name) ? "JsonNode::timestamp" : name + "Json::read";
            case Type.Array(Type element) -> "JsonNode.list(" + reader(element) + ")";
            case Type.Map(Type value) -> "JsonNode.map(" + reader(value) + ")";
        };
    }

    /** An expression of the type {@code Function<T, JsonElement>}. */
    String writer(Type type) {
        return switch (type) {
            case Type.Base(var base) ->
                switch (base) {
                    case STRING, BOOLEAN, INTEGER, UINTEGER, DECIMAL -> "JsonPrimitive::new";
                    case URI, DOCUMENT_URI -> "JsonFields::text";
                    case ANY, OBJECT -> "JsonFields::untouched";
                };
            case Type.Reference(String name) -> isTimestamp(name) ? "JsonFields::text" : name + "Json::write";
            case Type.Array(Type element) -> "JsonFields.list(" + writer(element) + ")";
            case Type.Map(Type value) -> "JsonFields.map(" + writer(value) + ")";
        };
    }

    private boolean isTimestamp(String name) {
        return model.definition(name)
                .filter(one -> one instanceof TypeAlias alias && alias.format().equals("date-time"))
                .isPresent();
    }
}
