package dev.drawbridge.spec.model;

/** Something a type can refer to by name. */
public sealed interface Definition permits Structure, Union, Enumeration, TypeAlias {
    String name();

    String documentation();
}
