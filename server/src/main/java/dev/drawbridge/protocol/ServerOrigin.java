// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.net.URI;
import java.util.Objects;

/** Which file brought a server. */
public sealed interface ServerOrigin {
    /**
     * The user's own file. Its servers are trusted.
     *
     * @param file The file.
     */
    record User(URI file) implements ServerOrigin {
        public User {
            Objects.requireNonNull(file, "file");
        }
    }

    /**
     * A file that came with a workspace. Its servers wait for approval.
     *
     * @param file The file.
     * @param folder The workspace folder it belongs to.
     */
    record Workspace(URI file, URI folder) implements ServerOrigin {
        public Workspace {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(folder, "folder");
        }
    }
}
