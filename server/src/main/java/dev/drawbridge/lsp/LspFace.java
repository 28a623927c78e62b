package dev.drawbridge.lsp;

import dev.drawbridge.hub.Hub;
import dev.drawbridge.hub.SessionContext;
import java.io.InputStream;
import java.io.OutputStream;

/** Serves editors: the Language Server Protocol with the {@code mcp/*} methods, over one pair of streams per editor. */
public final class LspFace {
    private final Hub hub;

    public LspFace(Hub hub) {
        this.hub = hub;
    }

    /** Serves one editor on the calling thread until it leaves: {@code exit}, the end of its stream, or a broken one. */
    public void serve(InputStream in, OutputStream out, SessionContext context) {
        new LspConnection(hub, in, out, context).serve();
    }
}
