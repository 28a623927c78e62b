package dev.drawbridge.cli.demo;

import java.net.URI;

/** Whoever goes to the sign-in page when Drawbridge gives out its address. */
interface Visitor {
    /** Starts the visit and returns at once or when it is over; the demo itself waits for the sign-in's end. */
    void visit(URI signInPage, DemoSteps steps) throws DemoFailed, InterruptedException;
}
