package dev.drawbridge.oauth.flow;

import dev.drawbridge.oauth.Method;
import dev.drawbridge.oauth.OAuthFailure;

/** The ways a sign-in fails between the browser and us, in words. */
public final class FlowFailures {
    public static final String ACCESS_DENIED = "oauth.accessDenied";
    public static final String ISSUER_MISMATCH = "oauth.issuerMismatch";
    public static final String REFUSED = "oauth.authorizationRefused";

    private static final int LIMIT = 300;

    private FlowFailures() {}

    /** What the authorization response says (RFC 6749 section 4.1.2.1); only called once its issuer is verified. */
    static OAuthFailure refused(CallbackParameters parameters) {
        String error = excerpt(String.join(" ", parameters.all("error")));
        String description = excerpt(String.join(" ", parameters.all("error_description")));
        if (error.equals("access_denied")) {
            return denied();
        }
        return new OAuthFailure(
                REFUSED,
                "The authorization server refused the sign-in: " + error
                        + (description.isEmpty() ? "" : " (" + description + ")"),
                "Sign in again; if it happens again, tell the server's operator.",
                error.equals("temporarily_unavailable") || error.equals("server_error"),
                java.util.Optional.empty());
    }

    /** The person, or a rule of the authorization server, said no. */
    public static OAuthFailure denied() {
        return OAuthFailure.lasting(
                ACCESS_DENIED,
                "Access was denied on the sign-in page.",
                "Sign in again and allow access, if that was not intended.");
    }

    static OAuthFailure issuerMismatch(String issuer) {
        return OAuthFailure.lasting(
                ISSUER_MISMATCH,
                "The answer did not come from " + excerpt(issuer) + ", where the sign-in was sent; it was not used.",
                "Do not try again on a network you do not trust; tell the server's operator.");
    }

    /** Time is up. */
    public static OAuthFailure timedOut(Method method) {
        return OAuthFailure.lasting(
                "oauth.flowExpired",
                switch (method) {
                    case BROWSER -> "Nobody finished the sign-in in the browser in time.";
                    case DEVICE_CODE -> "Nobody typed the code in time.";
                },
                "Sign in again when you have a moment.");
    }

    static OAuthFailure over() {
        return OAuthFailure.lasting("oauth.flowOver", "This sign-in is over already.", "Sign in again if you need to.");
    }

    static OAuthFailure notTheCallback() {
        return OAuthFailure.lasting(
                "oauth.callbackInvalid",
                "This is not the address this sign-in ends at.",
                "Copy the whole address from the browser's address bar after signing in, and paste it.");
    }

    static OAuthFailure unexpected() {
        return OAuthFailure.lasting(
                "oauth.internal", "Drawbridge failed while signing in.", "See the log, and report it.");
    }

    private static String excerpt(String text) {
        String shown = text.length() > LIMIT ? text.substring(0, LIMIT) + "…" : text;
        return shown.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    }
}
