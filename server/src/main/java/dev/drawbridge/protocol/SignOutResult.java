// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

/**
 * The answer to {@code mcp/signOut}.
 *
 * @param revoked Whether the authorization server revoked the credential too (RFC 7009); it is forgotten here in
 * any case.
 */
public record SignOutResult(boolean revoked) {}
