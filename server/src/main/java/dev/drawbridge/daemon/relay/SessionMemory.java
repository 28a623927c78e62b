package dev.drawbridge.daemon.relay;

import dev.drawbridge.mcp.json.JsonSlices;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the next daemon has to be told so that it knows what the last one knew of the editor: the workspace folders, the
 * settings and the open documents with their newest text. Full text synchronisation is announced, so of a document the
 * opening and the last change are enough. Owned by the uplink's thread.
 */
final class SessionMemory {
    private static final int MAX_FOLDER_CHANGES = 1024;
    private static final long MAX_DOCUMENT_BYTES = Framing.MAX_MESSAGE;

    private final Map<String, byte[]> settings = new LinkedHashMap<>();
    private final Deque<byte[]> folderChanges = new ArrayDeque<>();
    private final Map<String, OpenDocument> documents = new LinkedHashMap<>();
    private long documentBytes;
    private byte[] initialized = new byte[0];

    /** An open document: its {@code didOpen}, and its last {@code didChange} if there was one. */
    private record OpenDocument(byte[] opened, byte[] changed) {
        long size() {
            return (long) opened.length + changed.length;
        }
    }

    /** Notes a notification of the editor. */
    void note(Envelope message) {
        switch (message.method()) {
            case "initialized" -> initialized = message.body();
            case "workspace/didChangeConfiguration", "$/setTrace" -> settings.put(message.method(), message.body());
            case "workspace/didChangeWorkspaceFolders" -> {
                folderChanges.add(message.body());
                if (folderChanges.size() > MAX_FOLDER_CHANGES) {
                    folderChanges.remove();
                }
            }
            case "textDocument/didOpen" -> put(uri(message), new OpenDocument(message.body(), new byte[0]));
            case "textDocument/didChange" -> {
                OpenDocument document = documents.get(uri(message));
                if (document != null) {
                    put(uri(message), new OpenDocument(document.opened, message.body()));
                }
            }
            case "textDocument/didClose" -> remove(uri(message));
            default -> {
                return;
            }
        }
    }

    /** The messages that bring a new daemon up to date, after its {@code initialize} was answered. */
    List<byte[]> replay() {
        List<byte[]> messages = new ArrayList<>();
        if (initialized.length > 0) {
            messages.add(initialized);
        }
        messages.addAll(settings.values());
        messages.addAll(folderChanges);
        for (OpenDocument document : documents.values()) {
            messages.add(document.opened);
            if (document.changed.length > 0) {
                messages.add(document.changed);
            }
        }
        return messages;
    }

    private void put(String uri, OpenDocument document) {
        OpenDocument before = documents.put(uri, document);
        documentBytes += document.size() - (before == null ? 0 : before.size());
        while (documentBytes > MAX_DOCUMENT_BYTES && documents.size() > 1) {
            // The one opened longest ago is the least likely to be a configuration file that is being edited.
            remove(documents.keySet().iterator().next());
        }
    }

    private void remove(String uri) {
        OpenDocument before = documents.remove(uri);
        documentBytes -= before == null ? 0 : before.size();
    }

    private static String uri(Envelope message) {
        try {
            JsonSlices params = message.members().object("params").orElse(null);
            JsonSlices document =
                    params == null ? null : params.object("textDocument").orElse(null);
            return document == null ? "" : document.string("uri").orElse("");
        } catch (JsonSlices.MalformedJson _) {
            return "";
        }
    }
}
