package dev.drawbridge.hub;

/** Names one running sign-in to its editors; not the OAuth {@code state}, and no secret. */
public record FlowId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
