package dev.drawbridge.daemon;

import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Leaves the starter's session and process group (POSIX setsid), so that a closed terminal or Ctrl-C in it does not take
 * the daemon along. Used where no setsid program could do it before the JVM started.
 */
final class OwnSession {
    private static final System.Logger LOG = System.getLogger(OwnSession.class.getName());

    private OwnSession() {}

    /** Costs tens of milliseconds, so it runs beside the first session rather than before it. */
    static void enterInBackground() {
        Thread.ofPlatform().daemon().name("setsid").start(OwnSession::enter);
    }

    @SuppressWarnings("restricted")
    private static void enter() {
        try {
            Linker linker = Linker.nativeLinker();
            Optional<MemorySegment> symbol = linker.defaultLookup().find("setsid");
            if (symbol.isPresent()) {
                MethodHandle setsid = linker.downcallHandle(symbol.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT));
                int id = (int) setsid.invokeExact();
                LOG.log(Level.DEBUG, "setsid gave {0}.", id);
            }
        } catch (Throwable e) {
            // The daemon works without it; it only ends with the terminal it was started from.
            LOG.log(Level.WARNING, "The daemon could not leave its starter's session.", e);
        }
    }
}
