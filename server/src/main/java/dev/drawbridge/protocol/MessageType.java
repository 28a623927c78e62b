// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What belongs to a message.
 *
 * @param params the type of its parameters
 * @param result the type of a request's answer; empty for a notification
 */
public record MessageType(String method, Direction direction, Class<?> params, Optional<Class<?>> result) {
    /** Every message there is. */
    public static final List<MessageType> ALL = List.of(
            new MessageType(
                    Methods.LIST_SERVERS,
                    Direction.CLIENT_TO_SERVER,
                    ListServersParams.class,
                    Optional.of(ListServersResult.class)),
            new MessageType(
                    Methods.AUTHENTICATE,
                    Direction.CLIENT_TO_SERVER,
                    AuthenticateParams.class,
                    Optional.of(SignInFlow.class)),
            new MessageType(
                    Methods.COMPLETE_AUTHENTICATION,
                    Direction.CLIENT_TO_SERVER,
                    CompleteAuthenticationParams.class,
                    Optional.of(EmptyResult.class)),
            new MessageType(
                    Methods.CANCEL_AUTHENTICATION,
                    Direction.CLIENT_TO_SERVER,
                    CancelAuthenticationParams.class,
                    Optional.of(EmptyResult.class)),
            new MessageType(
                    Methods.SIGN_OUT, Direction.CLIENT_TO_SERVER, ServerParams.class, Optional.of(SignOutResult.class)),
            new MessageType(
                    Methods.CONNECT, Direction.CLIENT_TO_SERVER, ServerParams.class, Optional.of(EmptyResult.class)),
            new MessageType(
                    Methods.DISCONNECT, Direction.CLIENT_TO_SERVER, ServerParams.class, Optional.of(EmptyResult.class)),
            new MessageType(
                    Methods.SET_ENABLED,
                    Direction.CLIENT_TO_SERVER,
                    SetEnabledParams.class,
                    Optional.of(EmptyResult.class)),
            new MessageType(
                    Methods.APPROVE, Direction.CLIENT_TO_SERVER, ApproveParams.class, Optional.of(EmptyResult.class)),
            new MessageType(
                    Methods.ADD_SERVER,
                    Direction.CLIENT_TO_SERVER,
                    AddServerParams.class,
                    Optional.of(EmptyResult.class)),
            new MessageType(
                    Methods.REMOVE_SERVER,
                    Direction.CLIENT_TO_SERVER,
                    ServerParams.class,
                    Optional.of(EmptyResult.class)),
            new MessageType(
                    Methods.STORE_SECRET,
                    Direction.CLIENT_TO_SERVER,
                    StoreSecretParams.class,
                    Optional.of(EmptyResult.class)),
            new MessageType(
                    Methods.LIST_TOOLS,
                    Direction.CLIENT_TO_SERVER,
                    ServerParams.class,
                    Optional.of(ListToolsResult.class)),
            new MessageType(
                    Methods.CALL_TOOL, Direction.CLIENT_TO_SERVER, CallToolParams.class, Optional.of(McpResult.class)),
            new MessageType(
                    Methods.LIST_RESOURCES,
                    Direction.CLIENT_TO_SERVER,
                    ServerParams.class,
                    Optional.of(ListResourcesResult.class)),
            new MessageType(
                    Methods.READ_RESOURCE,
                    Direction.CLIENT_TO_SERVER,
                    ReadResourceParams.class,
                    Optional.of(McpResult.class)),
            new MessageType(
                    Methods.LIST_PROMPTS,
                    Direction.CLIENT_TO_SERVER,
                    ServerParams.class,
                    Optional.of(ListPromptsResult.class)),
            new MessageType(
                    Methods.GET_PROMPT,
                    Direction.CLIENT_TO_SERVER,
                    GetPromptParams.class,
                    Optional.of(McpResult.class)),
            new MessageType(
                    Methods.COMPLETE, Direction.CLIENT_TO_SERVER, CompleteParams.class, Optional.of(McpResult.class)),
            new MessageType(
                    Methods.REQUEST, Direction.CLIENT_TO_SERVER, RequestParams.class, Optional.of(McpResult.class)),
            new MessageType(Methods.LOGS, Direction.CLIENT_TO_SERVER, LogsParams.class, Optional.of(LogsResult.class)),
            new MessageType(
                    Methods.ACCESS_TOKEN,
                    Direction.CLIENT_TO_SERVER,
                    ServerParams.class,
                    Optional.of(AccessTokenResult.class)),
            new MessageType(
                    Methods.ELICIT, Direction.SERVER_TO_CLIENT, ElicitParams.class, Optional.of(ElicitResult.class)),
            new MessageType(
                    Methods.EXTERNAL_URI,
                    Direction.SERVER_TO_CLIENT,
                    ExternalUriParams.class,
                    Optional.of(ExternalUriResult.class)),
            new MessageType(
                    Methods.SAMPLE, Direction.SERVER_TO_CLIENT, SampleParams.class, Optional.of(McpResult.class)),
            new MessageType(
                    Methods.AUTH_REQUIRED, Direction.SERVER_TO_CLIENT, AuthRequiredParams.class, Optional.empty()),
            new MessageType(
                    Methods.AUTH_COMPLETED, Direction.SERVER_TO_CLIENT, AuthCompletedParams.class, Optional.empty()),
            new MessageType(
                    Methods.STATUS_CHANGED, Direction.SERVER_TO_CLIENT, StatusChangedParams.class, Optional.empty()),
            new MessageType(
                    Methods.CATALOG_CHANGED, Direction.SERVER_TO_CLIENT, CatalogChangedParams.class, Optional.empty()),
            new MessageType(Methods.PROGRESS, Direction.SERVER_TO_CLIENT, ProgressParams.class, Optional.empty()),
            new MessageType(Methods.LOG, Direction.SERVER_TO_CLIENT, LogParams.class, Optional.empty()),
            new MessageType(
                    Methods.SERVER_NOTIFICATION,
                    Direction.SERVER_TO_CLIENT,
                    ServerNotificationParams.class,
                    Optional.empty()));

    /** Who sends it. */
    public enum Direction {
        CLIENT_TO_SERVER,
        SERVER_TO_CLIENT
    }
}
