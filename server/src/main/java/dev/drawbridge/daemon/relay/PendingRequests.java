package dev.drawbridge.daemon.relay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The editor's requests that the daemon has not answered. The uplink adds, the downlink removes; guarded by this object. */
final class PendingRequests {
    private static final int MAX = 4096;

    private final Map<String, String> idsByCanonicalId = new LinkedHashMap<>();

    /** False when there are too many. */
    synchronized boolean add(String id) {
        if (idsByCanonicalId.size() >= MAX) {
            return false;
        }
        idsByCanonicalId.put(Envelope.canonicalId(id), id);
        return true;
    }

    /** Whether that request was waiting; from now on it is not. */
    synchronized boolean remove(String id) {
        return idsByCanonicalId.remove(Envelope.canonicalId(id)) != null;
    }

    synchronized List<String> removeAll() {
        List<String> ids = new ArrayList<>(idsByCanonicalId.values());
        idsByCanonicalId.clear();
        return ids;
    }
}
