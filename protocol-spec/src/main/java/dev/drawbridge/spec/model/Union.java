package dev.drawbridge.spec.model;

import java.util.List;

/**
 * One of several objects, told apart by the string in the member named by {@code tag}.
 *
 * @param tag the member that tells which case it is
 */
public record Union(String name, String tag, String documentation, List<Case> cases) implements Definition {
    public Union {
        cases = List.copyOf(cases);
    }

    /**
     * One of the objects.
     *
     * @param name the tag's value
     * @param properties the members besides the tag
     */
    public record Case(String name, String documentation, List<Property> properties) {
        public Case {
            properties = List.copyOf(properties);
        }
    }
}
