package dev.drawbridge.proxy;

import com.google.gson.JsonObject;
import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.HostSession;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.SignInFlow;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.RawJson;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers a host instead of its server: with the lists as they were last known, with the address of a sign-in, or with
 * what is wrong and what to do. Never waits for a person. Thread-safe.
 */
final class StandIn {
    private static final long UNREACHABLE = -32001;
    private static final int MOST_PAGES = 64;

    private final HostSession session;
    private final ServerName name;
    private final SignInOffer offer;
    private final BrowserWish browser;
    private final Lists lists;
    private final Set<String> pages = ConcurrentHashMap.newKeySet();

    StandIn(HostSession session, ServerName name, SignInOffer offer, BrowserWish browser, Lists lists) {
        this.session = session;
        this.name = name;
        this.offer = offer;
        this.browser = browser;
        this.lists = lists;
    }

    /** Who needs the server, in words. */
    String asker(Call call) throws MalformedJson {
        String what = call.tool().map(tool -> name + "/" + tool).orElse(name + " " + call.method());
        return call.host().client().name() + " called " + what;
    }

    /** A list while the server cannot give it, unfiltered. */
    RawJson list(CatalogKind kind, Failure failure) {
        RawJson items = session.lastKnown(kind)
                .orElseGet(() ->
                        kind == CatalogKind.TOOLS && SignInOffer.helps(failure) ? offer.tools() : RawJson.of("[]"));
        lists.tell(kind, items);
        return items;
    }

    /** Any other request that the server cannot answer now. */
    Reply answer(Call call, Failure failure) throws MalformedJson {
        if (!SignInOffer.helps(failure)) {
            return unreachable(failure);
        }
        boolean tool = call.method().equals("tools/call");
        return switch (offer.flow(asker(call))) {
            case Outcome.Failed<SignInFlow>(Failure why) -> tool ? call.ours(offer.failed(why)) : unreachable(why);
            case Outcome.Success<SignInFlow>(SignInFlow flow) -> {
                browser.begun(flow);
                if (call.host().opensUrls()) {
                    if (pages.size() < MOST_PAGES) {
                        pages.add(flow.id().value());
                    }
                    yield new Reply.Refusal(
                            SignInOffer.URL_ELICITATION_REQUIRED,
                            failure.message(),
                            Optional.of(offer.elicitations(flow)));
                }
                yield tool
                        ? call.ours(offer.refusal(flow, call.host().knowsResourceLinks()))
                        : new Reply.Refusal(
                                UNREACHABLE, failure.message() + " " + SignInOffer.words(flow), Optional.empty());
            }
        };
    }

    private static Reply unreachable(Failure failure) {
        JsonObject data = new JsonObject();
        data.addProperty("code", failure.code());
        data.addProperty("message", failure.message());
        data.addProperty("action", failure.action());
        return new Reply.Refusal(
                UNREACHABLE, failure.message() + " " + failure.action(), Optional.of(RawJson.of(data)));
    }

    /** Whether a call of that name is for the tool that Drawbridge offers, not for one of the server's. */
    boolean isOurTool(String tool) {
        return tool.equals(SignInOffer.TOOL)
                && session.lastKnown(CatalogKind.TOOLS)
                        .map(tools -> !tools.text().contains("\"" + SignInOffer.TOOL + "\""))
                        .orElse(true);
    }

    Reply authenticate(Call call) throws MalformedJson {
        if (isConnected()) {
            return call.ours(offer.done());
        }
        return switch (offer.flow(asker(call))) {
            case Outcome.Failed<SignInFlow>(Failure why) -> call.ours(offer.failed(why));
            case Outcome.Success<SignInFlow>(SignInFlow flow) -> {
                browser.begun(flow);
                yield call.ours(offer.result(flow, call.host().knowsResourceLinks()));
            }
        };
    }

    boolean isConnected() {
        return session.view()
                .filter(view -> view.state() instanceof ServerState.Connected)
                .isPresent();
    }

    /** Whether the host was told of the page of that sign-in. */
    boolean wasTold(FlowId flow) {
        return pages.remove(flow.value());
    }
}
