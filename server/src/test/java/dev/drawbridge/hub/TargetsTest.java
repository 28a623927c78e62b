package dev.drawbridge.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.drawbridge.config.CommandRunner.CommandResult;
import dev.drawbridge.config.ConfigFile;
import dev.drawbridge.config.Interpolation;
import dev.drawbridge.config.LookupResult;
import dev.drawbridge.config.Resolved;
import dev.drawbridge.config.ServerEntry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an entry's {@code oauth} object to what needs a token. */
final class TargetsTest {
    @ParameterizedTest
    @ValueSource(strings = {"resource", "redirectUri", "successUrl", "clientMetadataUrl"})
    void aUrlThatVariablesMadeIsNotQuotedInTheFailure(String key) {
        ServerEntry entry = ConfigFile.parse(
                        Path.of("mcp.json"),
                        "{\"servers\": {\"x\": {\"url\": \"https://a/\", \"oauth\": {\"" + key
                                + "\": \"https://b/${env:SECRET}\"}}}}")
                .servers()
                .getFirst();
        Interpolation interpolation = new Interpolation(
                Map.of("SECRET", "s3cr3t with blanks"),
                Optional.empty(),
                Path.of("/home/ann"),
                _ -> new LookupResult.Missing(),
                _ -> new LookupResult.Missing(),
                (_, _, _) -> new CommandResult.Output(""));
        Resolved.Ok ok = assertInstanceOf(Resolved.Ok.class, interpolation.resolve(entry));
        Failure failure = assertInstanceOf(
                        Outcome.Failed.class, Targets.of(ok.server(), FreshSecrets.of(interpolation, entry)))
                .failure();
        assertEquals("config.oauth", failure.code());
        assertFalse(failure.message().contains("s3cr3t"), failure::message);
    }
}
