package dev.drawbridge.config;

import java.util.Locale;

/** The families of systems whose places for files and shells differ. */
public enum OperatingSystem {
    LINUX,
    MAC,
    WINDOWS;

    public static OperatingSystem current() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return WINDOWS;
        }
        return name.startsWith("mac") ? MAC : LINUX;
    }
}
