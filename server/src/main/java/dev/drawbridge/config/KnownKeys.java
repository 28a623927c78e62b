package dev.drawbridge.config;

import static java.util.Map.entry;

import dev.drawbridge.config.ConfigProblem.Severity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every key that is understood, or known from another program and named in a problem. The JSON Schema that ships beside this
 * class lists the same keys, which a test holds.
 *
 * @param used keys that have an effect
 * @param unused keys of other programs without effect here, with the reason
 */
record KnownKeys(Collection<String> used, Map<String, Unused> unused) {
    /**
     * Why a key has no effect.
     *
     * @param severity a warning when the user may rely on what does not happen
     */
    record Unused(Severity severity, String why) {}

    static final KnownKeys TOP = new KnownKeys(
            List.of("mcpServers", "servers", "context_servers", "inputs", "drawbridge", "$schema"),
            Map.of(
                    "nativeMCPServers",
                    info("servers written in Lua run inside Neovim only"),
                    "sandbox",
                    warning("Drawbridge does not sandbox servers")));

    /** Of the user's file: what is about Drawbridge itself. */
    static final KnownKeys OWN = new KnownKeys(List.of("http"), Map.of());

    static final KnownKeys SERVER = new KnownKeys(
            List.of(
                    "type",
                    "transport",
                    "transportType",
                    "command",
                    "args",
                    "env",
                    "environment",
                    "envFile",
                    "cwd",
                    "url",
                    "httpUrl",
                    "serverUrl",
                    "baseUrl",
                    "headers",
                    "headersHelper",
                    "oauth",
                    "tls",
                    "proxy",
                    "connectTimeout",
                    "headersTimeout",
                    "bodyTimeout",
                    "keepAlive",
                    "pingInterval",
                    "ipv4",
                    "cookies",
                    "disabled",
                    "enabled",
                    "disabledTools",
                    "disabled_tools",
                    "excludeTools",
                    "blockedTools",
                    "timeout",
                    "description",
                    "source"),
            Map.ofEntries(
                    entry("autoApprove", info("which calls need approval is decided by your AI host")),
                    entry("alwaysAllow", info("which calls need approval is decided by your AI host")),
                    entry("trust", info("which calls need approval is decided by your AI host")),
                    entry("dev", info("servers are not watched and restarted for development")),
                    entry("sandboxEnabled", warning("Drawbridge does not sandbox servers")),
                    entry("sandbox", warning("Drawbridge does not sandbox servers")),
                    entry("disabled_resources", warning("resources cannot be switched off one by one")),
                    entry(
                            "disabled_resourceTemplates",
                            warning("resource templates cannot be switched off one by one")),
                    entry("disabled_prompts", warning("prompts cannot be switched off one by one")),
                    entry("includeTools", warning("tools are left out with \"disabledTools\"")),
                    entry("allowedTools", warning("tools are left out with \"disabledTools\"")),
                    entry("enabledTools", warning("tools are left out with \"disabledTools\"")),
                    entry("tools", warning("tools are left out with \"disabledTools\"")),
                    entry("custom_instructions", info("instructions are given to your AI host")),
                    entry("name", info("a server is called by its key")),
                    entry("displayName", info("a server is called by its key")),
                    entry("gallery", info("it says where VS Code got the server from")),
                    entry("version", info("it says which version VS Code got")),
                    entry("settings", warning("these are settings of a Zed extension")),
                    entry("lifecycle", info("servers are started when they are used")),
                    entry("authProviderType", warning("sign-in is set up in \"oauth\"")),
                    entry("auth", warning("sign-in is set up in \"oauth\"")),
                    entry("oauthClient", warning("sign-in is set up in \"oauth\"")),
                    entry("oauthClientId", warning("it is written \"oauth\": {\"clientId\": …} here")),
                    entry("oauthRedirectUrl", warning("it is written \"oauth\": {\"redirectUri\": …} here"))));

    static final KnownKeys OAUTH = new KnownKeys(
            List.of(
                    "enabled",
                    "clientId",
                    "clientSecret",
                    "clientMetadataUrl",
                    "tokenEndpointAuthMethod",
                    "privateKey",
                    "signingAlgorithm",
                    "scopes",
                    "scope",
                    "redirectUri",
                    "callbackPort",
                    "authorizeParams",
                    "resource",
                    "issuer",
                    "account",
                    "dpop",
                    "grant",
                    "idp",
                    "assertion",
                    "tokenEndpoint",
                    "useIdToken",
                    "clientMetadata",
                    "successUrl",
                    "exchangeTimeout"),
            Map.of(
                    "authServerMetadataUrl",
                    warning("the metadata is found by discovery; pin the authorization server with \"issuer\""),
                    "authorizationUrl",
                    warning("endpoints are found by discovery; pin the authorization server with \"issuer\""),
                    "tokenUrl",
                    warning("endpoints are found by discovery; pin the authorization server with \"issuer\""),
                    "audiences",
                    warning("the audience is told by \"resource\""),
                    "tokenParamName",
                    warning("a token is only ever sent in the Authorization header")));

    static final KnownKeys IDP =
            new KnownKeys(List.of("issuer", "tokenEndpoint", "clientId", "clientSecret", "idToken"), Map.of());

    static final KnownKeys TLS = new KnownKeys(List.of("caFile", "certFile", "keyFile", "keyPassword"), Map.of());

    static final KnownKeys INPUT = new KnownKeys(
            List.of("id", "type", "description", "default", "password", "options"),
            Map.of(
                    "command", warning("inputs that run an editor's command are asked as a text"),
                    "args", warning("inputs that run an editor's command are asked as a text")));

    KnownKeys {
        used = List.copyOf(used);
        unused = Map.copyOf(new TreeMap<>(unused));
    }

    Collection<String> all() {
        TreeSet<String> all = new TreeSet<>(used);
        all.addAll(unused.keySet());
        return all;
    }

    private static Unused info(String why) {
        return new Unused(Severity.INFORMATION, why);
    }

    private static Unused warning(String why) {
        return new Unused(Severity.WARNING, why);
    }
}
