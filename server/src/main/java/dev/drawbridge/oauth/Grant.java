package dev.drawbridge.oauth;

/** How a target's tokens are obtained. */
public sealed interface Grant {
    Grant AUTHORIZATION_CODE = new AuthorizationCode();
    Grant DEVICE_CODE = new DeviceCode();
    Grant CLIENT_CREDENTIALS = new ClientCredentials();

    /** A person signs in with a browser on this machine (RFC 6749 section 4.1). */
    record AuthorizationCode() implements Grant {}

    /** A person signs in on another device (RFC 8628). */
    record DeviceCode() implements Grant {}

    /** What tokens are obtained by without a person: {@link Authorization#token} fetches them by itself. */
    sealed interface Unattended extends Grant {}

    /** The client acts for itself (RFC 6749 section 4.4). */
    record ClientCredentials() implements Unattended {}

    /**
     * A workload presents a JWT that somebody the authorization server trusts made out to it (RFC 7523 section 2.1).
     *
     * @param assertion the JWT
     */
    record JwtBearer(FreshSecret assertion) implements Unattended {}

    /** The company's identity provider decides which servers its people may use (MCP's enterprise-managed authorization). */
    record EnterpriseManaged(IdentityProvider idp) implements Unattended {}
}
