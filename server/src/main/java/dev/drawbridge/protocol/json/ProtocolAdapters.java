// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol.json;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import org.jspecify.annotations.Nullable;

/**
 * Gives Gson an adapter for every type of the protocol. What does not fit is refused with a
 * {@link com.google.gson.JsonSyntaxException} that names the place and what was expected there.
 */
public final class ProtocolAdapters implements TypeAdapterFactory {
    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        Class<? super T> wanted = type.getRawType();
        if (!wanted.getPackageName().equals("dev.drawbridge.protocol")) {
            return null;
        }
        Class<?> owner = wanted.isMemberClass() ? wanted.getDeclaringClass() : wanted;
        ValueAdapter<?> adapter = switch (owner.getSimpleName()) {
            case "McpClientCapabilities" ->
                new ValueAdapter<>(McpClientCapabilitiesJson::read, McpClientCapabilitiesJson::write);
            case "ElicitCapability" -> new ValueAdapter<>(ElicitCapabilityJson::read, ElicitCapabilityJson::write);
            case "McpServerCapabilities" ->
                new ValueAdapter<>(McpServerCapabilitiesJson::read, McpServerCapabilitiesJson::write);
            case "Server" -> new ValueAdapter<>(ServerJson::read, ServerJson::write);
            case "ServerIdentity" -> new ValueAdapter<>(ServerIdentityJson::read, ServerIdentityJson::write);
            case "CatalogCounts" -> new ValueAdapter<>(CatalogCountsJson::read, CatalogCountsJson::write);
            case "AuthReason" -> new ValueAdapter<>(AuthReasonJson::read, AuthReasonJson::write);
            case "SignInFlow" -> new ValueAdapter<>(SignInFlowJson::read, SignInFlowJson::write);
            case "Failure" -> new ValueAdapter<>(FailureJson::read, FailureJson::write);
            case "ServerError" -> new ValueAdapter<>(ServerErrorJson::read, ServerErrorJson::write);
            case "LogEntry" -> new ValueAdapter<>(LogEntryJson::read, LogEntryJson::write);
            case "EmptyResult" -> new ValueAdapter<>(EmptyResultJson::read, EmptyResultJson::write);
            case "ServerParams" -> new ValueAdapter<>(ServerParamsJson::read, ServerParamsJson::write);
            case "McpResult" -> new ValueAdapter<>(McpResultJson::read, McpResultJson::write);
            case "ListServersParams" -> new ValueAdapter<>(ListServersParamsJson::read, ListServersParamsJson::write);
            case "ListServersResult" -> new ValueAdapter<>(ListServersResultJson::read, ListServersResultJson::write);
            case "AuthenticateParams" ->
                new ValueAdapter<>(AuthenticateParamsJson::read, AuthenticateParamsJson::write);
            case "CompleteAuthenticationParams" ->
                new ValueAdapter<>(CompleteAuthenticationParamsJson::read, CompleteAuthenticationParamsJson::write);
            case "CancelAuthenticationParams" ->
                new ValueAdapter<>(CancelAuthenticationParamsJson::read, CancelAuthenticationParamsJson::write);
            case "ExternalUriParams" -> new ValueAdapter<>(ExternalUriParamsJson::read, ExternalUriParamsJson::write);
            case "ExternalUriResult" -> new ValueAdapter<>(ExternalUriResultJson::read, ExternalUriResultJson::write);
            case "SignOutResult" -> new ValueAdapter<>(SignOutResultJson::read, SignOutResultJson::write);
            case "SetEnabledParams" -> new ValueAdapter<>(SetEnabledParamsJson::read, SetEnabledParamsJson::write);
            case "ApproveParams" -> new ValueAdapter<>(ApproveParamsJson::read, ApproveParamsJson::write);
            case "AddServerParams" -> new ValueAdapter<>(AddServerParamsJson::read, AddServerParamsJson::write);
            case "StoreSecretParams" -> new ValueAdapter<>(StoreSecretParamsJson::read, StoreSecretParamsJson::write);
            case "ListToolsResult" -> new ValueAdapter<>(ListToolsResultJson::read, ListToolsResultJson::write);
            case "CallToolParams" -> new ValueAdapter<>(CallToolParamsJson::read, CallToolParamsJson::write);
            case "ListResourcesResult" ->
                new ValueAdapter<>(ListResourcesResultJson::read, ListResourcesResultJson::write);
            case "ReadResourceParams" ->
                new ValueAdapter<>(ReadResourceParamsJson::read, ReadResourceParamsJson::write);
            case "ListPromptsResult" -> new ValueAdapter<>(ListPromptsResultJson::read, ListPromptsResultJson::write);
            case "GetPromptParams" -> new ValueAdapter<>(GetPromptParamsJson::read, GetPromptParamsJson::write);
            case "CompleteParams" -> new ValueAdapter<>(CompleteParamsJson::read, CompleteParamsJson::write);
            case "RequestParams" -> new ValueAdapter<>(RequestParamsJson::read, RequestParamsJson::write);
            case "LogsParams" -> new ValueAdapter<>(LogsParamsJson::read, LogsParamsJson::write);
            case "LogsResult" -> new ValueAdapter<>(LogsResultJson::read, LogsResultJson::write);
            case "AccessTokenResult" -> new ValueAdapter<>(AccessTokenResultJson::read, AccessTokenResultJson::write);
            case "AuthRequiredParams" ->
                new ValueAdapter<>(AuthRequiredParamsJson::read, AuthRequiredParamsJson::write);
            case "StatusChangedParams" ->
                new ValueAdapter<>(StatusChangedParamsJson::read, StatusChangedParamsJson::write);
            case "CatalogChangedParams" ->
                new ValueAdapter<>(CatalogChangedParamsJson::read, CatalogChangedParamsJson::write);
            case "AuthCompletedParams" ->
                new ValueAdapter<>(AuthCompletedParamsJson::read, AuthCompletedParamsJson::write);
            case "ProgressParams" -> new ValueAdapter<>(ProgressParamsJson::read, ProgressParamsJson::write);
            case "LogParams" -> new ValueAdapter<>(LogParamsJson::read, LogParamsJson::write);
            case "ServerNotificationParams" ->
                new ValueAdapter<>(ServerNotificationParamsJson::read, ServerNotificationParamsJson::write);
            case "ElicitParams" -> new ValueAdapter<>(ElicitParamsJson::read, ElicitParamsJson::write);
            case "SampleParams" -> new ValueAdapter<>(SampleParamsJson::read, SampleParamsJson::write);
            case "ServerOrigin" -> new ValueAdapter<>(ServerOriginJson::read, ServerOriginJson::write);
            case "ServerState" -> new ValueAdapter<>(ServerStateJson::read, ServerStateJson::write);
            case "Authentication" -> new ValueAdapter<>(AuthenticationJson::read, AuthenticationJson::write);
            case "AuthResult" -> new ValueAdapter<>(AuthResultJson::read, AuthResultJson::write);
            case "ElicitRequest" -> new ValueAdapter<>(ElicitRequestJson::read, ElicitRequestJson::write);
            case "ElicitResult" -> new ValueAdapter<>(ElicitResultJson::read, ElicitResultJson::write);
            case "Transport" -> new ValueAdapter<>(TransportJson::read, TransportJson::write);
            case "AuthReasonKind" -> new ValueAdapter<>(AuthReasonKindJson::read, AuthReasonKindJson::write);
            case "CatalogKind" -> new ValueAdapter<>(CatalogKindJson::read, CatalogKindJson::write);
            case "LogLevel" -> new ValueAdapter<>(LogLevelJson::read, LogLevelJson::write);
            case "SignInMethod" -> new ValueAdapter<>(SignInMethodJson::read, SignInMethodJson::write);
            case "SecretKind" -> new ValueAdapter<>(SecretKindJson::read, SecretKindJson::write);
            case "ConfigScope" -> new ValueAdapter<>(ConfigScopeJson::read, ConfigScopeJson::write);
            case "ErrorCodes" -> new ValueAdapter<>(ErrorCodesJson::read, ErrorCodesJson::write);

            default -> null;
        };
        return adapter == null ? null : adapter.narrowedTo(wanted, gson);
    }
}
