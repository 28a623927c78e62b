package dev.drawbridge.hub;

import dev.drawbridge.mcp.ClientProfile;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;

/** How Drawbridge introduces itself to servers, and what it can do for them on behalf of the editors. */
final class ClientIdentity {
    static final ClientProfile PROFILE = ClientProfile.of(
            "drawbridge",
            Optional.ofNullable(ClientIdentity.class.getPackage().getImplementationVersion())
                    .orElse("dev"),
            RawJson.of("{\"elicitation\":{\"form\":{},\"url\":{}},\"roots\":{\"listChanged\":true},\"sampling\":{}}"));

    private ClientIdentity() {}
}
