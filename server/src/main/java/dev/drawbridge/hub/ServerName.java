package dev.drawbridge.hub;

/** The name a server has in its configuration file, unique in what one session sees. */
public record ServerName(String value) implements Comparable<ServerName> {
    public ServerName {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a server's name is not blank");
        }
    }

    @Override
    public int compareTo(ServerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
