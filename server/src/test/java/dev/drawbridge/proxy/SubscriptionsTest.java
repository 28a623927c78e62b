package dev.drawbridge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.RawJson;
import dev.drawbridge.mcp.rpc.RpcMessage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many subscriptions one host may have. */
final class SubscriptionsTest {
    private static final HostWire SILENT = new HostWire() {
        @Override
        public void request(String id, String method, RawJson params, Optional<Cancellation> within) {}

        @Override
        public void notification(String method, RawJson params, Optional<Cancellation> within) {}
    };

    private final Subscriptions subscriptions = new Subscriptions(SILENT);

    private static RpcMessage.Request request(int id) {
        return new RpcMessage.Request(
                RawJson.of(String.valueOf(id)), "subscriptions/listen", RawJson.of("{\"notifications\":{}}"));
    }

    private boolean begins(int id, Cancellation name) {
        return subscriptions.begin(request(id), name, new JsonObject()).isPresent();
    }

    /** What the server has been asked for cannot be refused here any more: it would go on there, unheard. */
    @Test
    void oneThatWasPassedOnHasItsPlace() {
        for (int i = 0; i < 63; i++) {
            assertTrue(begins(i, new Cancellation()));
        }
        Cancellation passed = new Cancellation();
        assertTrue(subscriptions.expect(RawJson.of("63"), passed).isPresent());
        assertEquals(false, begins(64, new Cancellation()), "the place is taken");
        assertEquals(Optional.empty(), subscriptions.expect(RawJson.of("65"), new Cancellation()));
        assertTrue(begins(63, passed));
        assertEquals(Optional.empty(), subscriptions.expect(RawJson.of("66"), new Cancellation()));
        subscriptions.end(passed);
        assertTrue(subscriptions.expect(RawJson.of("67"), new Cancellation()).isPresent());
    }
}
