package dev.drawbridge.spec.model;

/** The type of a property, in the vocabulary of LSP's metaModel; there is no {@code or}: one of several is a {@link Union}. */
public sealed interface Type {
    /** A type that needs no definition. */
    record Base(BaseType type) implements Type {}

    /** A structure, union, enumeration or type alias of the model. */
    record Reference(String name) implements Type {}

    record Array(Type element) implements Type {}

    /** An object whose member names are free. */
    record Map(Type value) implements Type {}
}
