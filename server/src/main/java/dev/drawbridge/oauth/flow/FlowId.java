package dev.drawbridge.oauth.flow;

/** Names one running sign-in inside this program; not the OAuth {@code state}, and no secret. */
public record FlowId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
