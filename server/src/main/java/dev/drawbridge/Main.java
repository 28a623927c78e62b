package dev.drawbridge;

/** Entry point of every Drawbridge process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.err.println("drawbridge " + String.join(" ", args));
    }
}
