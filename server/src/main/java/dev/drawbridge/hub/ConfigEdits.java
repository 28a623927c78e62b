package dev.drawbridge.hub;

import dev.drawbridge.config.ConfigEditor;
import dev.drawbridge.config.ConfigFileWriter;
import dev.drawbridge.config.EditResult;
import dev.drawbridge.hub.ConfigStore.Placed;
import dev.drawbridge.mcp.json.RawJson;
import java.nio.file.Path;
import java.util.function.Function;

/** Changes that sessions make to configuration files; each takes effect at once, without waiting for the file watcher. */
final class ConfigEdits {
    private final ConfigStore config;
    private final ConfigFileWriter writer;

    ConfigEdits(ConfigStore config, ConfigFileWriter writer) {
        this.config = config;
        this.writer = writer;
    }

    Outcome<Outcome.Done> setEnabled(Placed placed, boolean enabled) {
        return edit(
                placed.origin().file(),
                text -> ConfigEditor.setDisabled(text, placed.entry().name(), !enabled));
    }

    Outcome<Outcome.Done> add(Path file, ServerName server, RawJson definition) {
        return edit(file, text -> ConfigEditor.addServer(text, server.value(), definition.text()));
    }

    Outcome<Outcome.Done> remove(Placed placed) {
        return edit(
                placed.origin().file(),
                text -> ConfigEditor.removeServer(text, placed.entry().name()));
    }

    private Outcome<Outcome.Done> edit(Path file, Function<String, EditResult> change) {
        return switch (writer.update(file, change)) {
            case ConfigFileWriter.Outcome.Written _ -> {
                config.reload(file);
                yield Outcome.done();
            }
            case ConfigFileWriter.Outcome.Failed(String code, String message) ->
                Outcome.failed(new Failure(code, message, "Edit " + file + " by hand if it must be."));
        };
    }
}
