package dev.drawbridge.spec.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything the model file says, in its order. */
public record ProtocolModel(
        String version,
        List<Message> messages,
        List<Structure> structures,
        List<Union> unions,
        List<Enumeration> enumerations,
        List<TypeAlias> typeAliases) {
    public ProtocolModel {
        messages = List.copyOf(messages);
        structures = List.copyOf(structures);
        unions = List.copyOf(unions);
        enumerations = List.copyOf(enumerations);
        typeAliases = List.copyOf(typeAliases);
    }

    /** All that can be referred to. */
    public Stream<Definition> definitions() {
        return Stream.of(structures, unions, enumerations, typeAliases).flatMap(List::stream);
    }

    public Optional<Definition> definition(String name) {
        return definitions().filter(one -> one.name().equals(name)).findFirst();
    }
}
