package dev.drawbridge.daemon;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.net.ExtendedSocketOptions;

/** Whether the process at the other end of a Unix socket is this user's, as the kernel says (SO_PEERCRED, LOCAL_PEERCRED). */
final class PeerCheck {
    private PeerCheck() {}

    /**
     * Fails closed: no answer is a no.
     *
     * @param ownFolder a folder that is known to belong to this user
     */
    static boolean isThisUser(SocketChannel channel, Path ownFolder) {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            // Windows has no such question; there the folder's access list alone keeps others out.
            return !ownFolder.getFileSystem().supportedFileAttributeViews().contains("unix");
        }
        try {
            return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(Files.getOwner(ownFolder));
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }
}
