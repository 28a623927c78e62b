package dev.drawbridge.lsp;

import com.google.gson.JsonObject;
import dev.drawbridge.hub.AuthenticationState;
import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.Failure;
import dev.drawbridge.hub.FlowId;
import dev.drawbridge.hub.HubSession;
import dev.drawbridge.hub.HubSession.SignInMethod;
import dev.drawbridge.hub.Outcome;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.hub.ServerState;
import dev.drawbridge.hub.ServerView;
import dev.drawbridge.hub.SignInFlow;
import dev.drawbridge.mcp.Cancellation;
import dev.drawbridge.mcp.json.RawJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/**
 * {@code workspace/executeCommand}: what the buttons, lenses and code actions of an editor run, and what a person runs by
 * name. A server may be left out where only one can be meant. What came of it is the answer, and a message besides,
 * because many editors show neither a command's result nor its error.
 */
final class Commands {
    /** The commands, as {@code initialize-result.json} announces them. */
    static final String AUTHENTICATE = "drawbridge.authenticate";

    static final String COMPLETE_AUTHENTICATION = "drawbridge.completeAuthentication";
    static final String CANCEL_AUTHENTICATION = "drawbridge.cancelAuthentication";
    static final String SIGN_OUT = "drawbridge.signOut";
    static final String CONNECT = "drawbridge.connect";
    static final String RESTART = "drawbridge.restart";
    static final String DISCONNECT = "drawbridge.disconnect";
    static final String SET_ENABLED = "drawbridge.setEnabled";
    static final String APPROVE = "drawbridge.approve";
    static final String LIST_TOOLS = "drawbridge.listTools";

    private static final int MAX_TOOLS_IN_MESSAGE = 30;

    private final EditorClient client;
    private final Workers workers;
    private final HubSession hub;
    private final SignIns signIns;
    private final ApprovalPrompts approvals;
    private final Map<String, Function<Params, CompletableFuture<?>>> commands;

    Commands(EditorClient client, Workers workers, HubSession hub, SignIns signIns, ApprovalPrompts approvals) {
        this.client = client;
        this.workers = workers;
        this.hub = hub;
        this.signIns = signIns;
        this.approvals = approvals;
        this.commands = Map.of(
                AUTHENTICATE, this::authenticate,
                COMPLETE_AUTHENTICATION, this::completeAuthentication,
                CANCEL_AUTHENTICATION, this::cancelAuthentication,
                SIGN_OUT, this::signOut,
                CONNECT, this::connect,
                RESTART, this::connect,
                DISCONNECT, this::disconnect,
                SET_ENABLED, this::setEnabled,
                APPROVE, this::approve,
                LIST_TOOLS, this::listTools);
    }

    /** Runs on the session's loop. */
    CompletableFuture<?> execute(Params params) {
        String name = params.string("command");
        Function<Params, CompletableFuture<?>> command = commands.get(name);
        if (command == null) {
            throw Params.invalid("there is no command " + name);
        }
        return command.apply(params);
    }

    private CompletableFuture<?> authenticate(Params params) {
        ServerName server = server(params, "sign in to", view -> switch (view.state()) {
            case ServerState.AuthRequired needed -> true;
            case ServerState.Authenticating running -> true;
            default -> false;
        });
        SignInMethod method = argument(params, 1).filter("deviceCode"::equals).isPresent()
                ? SignInMethod.DEVICE_CODE
                : SignInMethod.BROWSER;
        return signIns.start(server, method).thenApply(outcome -> value(outcome.map(Commands::flow)));
    }

    private CompletableFuture<?> completeAuthentication(Params params) {
        List<Params> arguments = params.elements("arguments");
        String pasted = argument(params, arguments.size() - 1)
                .orElseThrow(() -> Params.invalid("the address the browser was sent to is missing"));
        FlowId flow = arguments.size() > 1 ? new FlowId(argument(params, 0).orElse("")) : onlyFlow();
        URI callback;
        try {
            callback = new URI(pasted.strip());
        } catch (URISyntaxException e) {
            throw Params.invalid("this is not an address: copy all of the browser's address bar");
        }
        return run(cancellation -> hub.completeAuthentication(flow, callback), "");
    }

    private CompletableFuture<?> cancelAuthentication(Params params) {
        FlowId flow = argument(params, 0).map(FlowId::new).orElseGet(this::onlyFlow);
        return run(cancellation -> hub.cancelAuthentication(flow), "");
    }

    private CompletableFuture<?> signOut(Params params) {
        ServerName server = server(
                params, "sign out of", view -> view.authentication() instanceof AuthenticationState.Authenticated);
        return run(cancellation -> hub.signOut(server), "Signed out of " + Sentences.quoted(server) + ".");
    }

    private CompletableFuture<?> connect(Params params) {
        ServerName server = server(params, "restart", view -> switch (view.state()) {
            case ServerState.Failed failed -> true;
            case ServerState.Retrying retrying -> true;
            case ServerState.Stopped stopped -> true;
            default -> false;
        });
        return run(cancellation -> hub.connect(server), "");
    }

    private CompletableFuture<?> disconnect(Params params) {
        ServerName server = server(params, "stop", view -> view.state() instanceof ServerState.Connected);
        return run(cancellation -> hub.disconnect(server), "");
    }

    private CompletableFuture<?> setEnabled(Params params) {
        ServerName server = server(params, "switch", view -> false);
        boolean enabled = params.elements("arguments").stream()
                .skip(1)
                .findFirst()
                .map(argument -> argument.json().isJsonPrimitive()
                        && argument.json().getAsString().equals("true"))
                .orElseThrow(() -> Params.invalid("the second argument says true or false"));
        return run(cancellation -> hub.setEnabled(server, enabled), "");
    }

    private CompletableFuture<?> approve(Params params) {
        ServerName server = server(params, "approve", view -> view.state() instanceof ServerState.Untrusted);
        Optional<String> digest = argument(params, 1);
        if (digest.isPresent()) {
            return approvals.approve(server, digest.get()).thenApply(Commands::value);
        }
        // Without a digest the person has not seen what would run: show it first.
        for (ServerView view : hub.servers()) {
            if (view.name().equals(server) && view.state() instanceof ServerState.Untrusted untrusted) {
                approvals.ask(view, untrusted);
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<?> listTools(Params params) {
        ServerName server = server(params, "list the tools of", view -> view.state() instanceof ServerState.Connected);
        CompletableFuture<Outcome<RawJson>> listed =
                workers.start(cancellation -> hub.catalog(server, CatalogKind.TOOLS));
        return listed.thenApply(outcome -> {
            RawJson tools = told(outcome);
            List<String> names = new Params(tools.tree())
                    .elements().stream()
                            .flatMap(tool -> tool.optionalString("name").stream())
                            .toList();
            String shown = names.stream().limit(MAX_TOOLS_IN_MESSAGE).collect(Collectors.joining(", "));
            client.info(Sentences.quoted(server) + " offers " + names.size() + " tools"
                    + (names.isEmpty() ? "." : ": " + shown + (names.size() > MAX_TOOLS_IN_MESSAGE ? ", …" : ".")));
            return tools;
        });
    }

    /** Runs one operation of the hub; an empty sentence says nothing, because the state that follows says it. */
    private <T> CompletableFuture<?> run(Function<Cancellation, Outcome<T>> operation, String done) {
        return workers.start(operation).thenApply(outcome -> {
            T result = told(outcome);
            if (!done.isEmpty()) {
                client.info(done);
            }
            return result;
        });
    }

    private <T> T told(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Failed<T>(Failure failure)) {
            client.failure(failure);
        }
        return value(outcome);
    }

    private static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Success<T>(T result) -> result;
            case Outcome.Failed<T>(Failure failure) -> throw FailureErrors.of(failure);
        };
    }

    /** The server named by the first argument, or the only one the command can mean. */
    private ServerName server(Params params, String deed, Predicate<ServerView> candidate) {
        Optional<String> named = argument(params, 0).filter(name -> !name.isBlank());
        if (named.isPresent()) {
            return new ServerName(named.get());
        }
        List<ServerName> candidates =
                hub.servers().stream().filter(candidate).map(ServerView::name).toList();
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        String sentence = candidates.isEmpty()
                ? "There is no server to " + deed + "."
                : "Say which server to " + deed + ": "
                        + candidates.stream().map(ServerName::value).collect(Collectors.joining(", ")) + ".";
        client.warning(sentence);
        throw RpcErrors.error(ResponseErrorCode.InvalidParams, sentence);
    }

    private FlowId onlyFlow() {
        return signIns.only().orElseThrow(() -> {
            client.warning("Say which sign-in is meant: there is none, or more than one, under way in this editor.");
            return Params.invalid("the sign-in's flow id is missing");
        });
    }

    private static Optional<String> argument(Params params, int index) {
        List<Params> arguments = params.elements("arguments");
        return index >= 0 && index < arguments.size() ? arguments.get(index).asText() : Optional.empty();
    }

    private static JsonObject flow(SignInFlow flow) {
        JsonObject result = new JsonObject();
        result.addProperty("flowId", flow.id().value());
        result.addProperty("server", flow.server().value());
        result.addProperty("authorizationUrl", flow.authorizationUrl().toString());
        result.addProperty("expiresAt", flow.expiresAt().toString());
        flow.userCode().ifPresent(code -> result.addProperty("userCode", code));
        return result;
    }
}
