package dev.drawbridge.hub;

import dev.drawbridge.mcp.ServerRequest;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Answers {@code roots/list} with a session's workspace folders (requirement 120: {@code file://} URIs only). */
final class Roots {
    private Roots() {}

    static ServerRequest.Answer answer(List<Path> folders) {
        return new ServerRequest.Answer.Result(RawJson.of(folders.stream()
                .map(folder -> "{\"uri\":" + JsonText.quote(folder.toUri().toString()) + ",\"name\":"
                        + JsonText.quote(String.valueOf(folder.getFileName())) + "}")
                .collect(Collectors.joining(",", "{\"roots\":[", "]}"))));
    }
}
