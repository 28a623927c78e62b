package dev.drawbridge.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.function.Predicate;

/** A person at a terminal: is told the address, and their browser opens when they press Enter, not before. */
final class PersonVisitor implements Visitor {
    private final InputStream keyboard;
    private final Predicate<URI> browser;

    PersonVisitor(InputStream keyboard, Predicate<URI> browser) {
        this.keyboard = keyboard;
        this.browser = browser;
    }

    @Override
    public void visit(URI signInPage, DemoSteps steps) {
        steps.say("");
        steps.say("     Now it is your turn. Press Enter to sign in with your browser, or open this address yourself:");
        steps.say("     " + signInPage);
        steps.say("");
        Thread.ofPlatform().daemon().name("demo-keyboard").start(() -> {
            try {
                int key = keyboard.read();
                if (key >= 0 && !browser.test(signInPage)) {
                    steps.say("     No browser could be opened; please open the address yourself.");
                }
            } catch (IOException e) {
                steps.say("     The keyboard cannot be read; please open the address yourself.");
            }
        });
    }
}
