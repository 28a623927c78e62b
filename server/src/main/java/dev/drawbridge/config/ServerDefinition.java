package dev.drawbridge.config;

/** One MCP server as a configuration file describes it: as written, before {@link Interpolation}. */
public sealed interface ServerDefinition permits HttpDefinition, StdioDefinition {
    CommonSettings common();
}
