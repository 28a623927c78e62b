package dev.drawbridge.cli.demo;

import java.io.IOException;
import java.net.URI;

/** For {@code --headless}: fills in the sign-in page as a person would, without a person. */
final class HeadlessVisitor implements Visitor {
    @Override
    public void visit(URI signInPage, DemoSteps steps) throws DemoFailed, InterruptedException {
        try {
            FormBrowser.Visit visit = new FormBrowser("Ada").visit(signInPage);
            steps.step("the browser visits", String.join("\n", visit.path()));
            steps.more("and reads: " + visit.text());
            if (visit.status() != 200) {
                throw new DemoFailed("The last page came with status " + visit.status() + ".");
            }
        } catch (IOException e) {
            throw new DemoFailed("The sign-in pages could not be walked through: " + e.getMessage(), e);
        }
    }
}
