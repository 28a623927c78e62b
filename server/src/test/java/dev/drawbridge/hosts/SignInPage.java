package dev.drawbridge.hosts;

import dev.drawbridge.journeys.Village;
import dev.drawbridge.testkit.Browser;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person who reads an address in what a host shows, and signs in there. */
final class SignInPage {
    private static final Pattern ADDRESS = Pattern.compile("http://\\S+");

    private SignInPage() {}

    /** The address in a text for people. */
    static URI in(String text) {
        Matcher found = ADDRESS.matcher(text);
        if (!found.find()) {
            throw new AssertionError("no address in: " + text);
        }
        return URI.create(found.group());
    }

    static void visit(Village village, URI address) {
        Browser.Visit visit = village.browser().visit(address, "alice");
        if (!visit.text().contains("Authentication Successful")) {
            throw new AssertionError("the browser ended at " + visit);
        }
    }
}
