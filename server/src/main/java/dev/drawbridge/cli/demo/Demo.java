package dev.drawbridge.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.util.function.Predicate;

/** The demo as a command runs it: tells each step, and cleans up however it ends, Ctrl-C included. */
public final class Demo {
    private final PrintWriter out;
    private final PrintWriter err;

    public Demo(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Signs in without a browser and without a person. */
    public int withoutPerson() throws InterruptedException {
        return run(new HeadlessVisitor());
    }

    /**
     * Lets the person at this keyboard sign in.
     *
     * @param browser opens a page; false when it could not
     */
    public int withPerson(InputStream keyboard, Predicate<URI> browser) throws InterruptedException {
        return run(new PersonVisitor(keyboard, browser));
    }

    private int run(Visitor visitor) throws InterruptedException {
        DemoSteps steps = new DemoSteps(out);
        steps.say("The Drawbridge demo. All of it happens on this machine, in a folder that is removed at the end.");
        steps.say("Its token store is memory: nothing is stored, because nothing is to be kept.");
        steps.say("");
        DemoJourney journey = new DemoJourney(steps, visitor);
        Thread atExit = Thread.ofPlatform().unstarted(journey::close);
        Runtime.getRuntime().addShutdownHook(atExit);
        try (journey) {
            journey.run();
        } catch (DemoFailed | IOException e) {
            err.println();
            err.println("drawbridge: The demo did not get through. " + e.getMessage());
            err.println("  Run drawbridge doctor, and then the demo again.");
            err.flush();
            return 1;
        }
        steps.say("");
        steps.say("That was all of it, in " + steps.elapsed() + ". Every process has ended and every file is gone.");
        return 0;
    }
}
