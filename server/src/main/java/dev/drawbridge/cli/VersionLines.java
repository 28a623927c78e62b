package dev.drawbridge.cli;

import dev.drawbridge.daemon.BuildInfo;
import picocli.CommandLine.IVersionProvider;

/** {@code drawbridge --version}. */
final class VersionLines implements IVersionProvider {
    @Override
    public String[] getVersion() {
        BuildInfo build = BuildInfo.current();
        return new String[] {
            "drawbridge " + build.version() + " (build " + build.build() + ", Java " + Runtime.version() + ")"
        };
    }
}
