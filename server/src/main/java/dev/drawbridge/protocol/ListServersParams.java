// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

/** The parameters of {@code mcp/listServers}: none so far. */
public record ListServersParams() {}
