// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of a server's log, or of Drawbridge's own.
 *
 * @param time When it was written.
 * @param server The server it is about; absent for lines about no server in particular.
 * @param level How grave it is.
 * @param message The line, with secrets left out.
 */
public record LogEntry(Instant time, Optional<String> server, LogLevel level, String message) {
    public LogEntry {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(message, "message");
    }
}
