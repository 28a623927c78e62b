package dev.drawbridge.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.config.TextLines;
import dev.drawbridge.config.TextRange;
import dev.drawbridge.lsp.OpenDocuments.OpenDocument;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;

/** Completion and hover; {@code |} stands for the cursor. */
final class ConfigCompletionTest {
    private final ConfigCompletion completion = new ConfigCompletion(ConfigSchema.read());

    private static ConfigDocument document(String text) {
        return ConfigDocument.read(new OpenDocument("file:///p/.mcp.json", Path.of("/p/.mcp.json"), 1, text));
    }

    private static TextRange cursor(String marked) {
        int at = marked.indexOf('|');
        return new TextLines(marked).range(at, at);
    }

    private List<CompletionItem> complete(String marked) {
        TextRange at = cursor(marked);
        return completion.complete(document(marked.replace("|", "")), at.startLine(), at.startColumn());
    }

    private String applied(String marked, String label) {
        String text = marked.replace("|", "");
        CompletionItem chosen = complete(marked).stream()
                .filter(item -> item.getLabel().equals(label))
                .findFirst()
                .orElseThrow();
        Range range = chosen.getTextEdit().getLeft().getRange();
        TextLines lines = new TextLines(text);
        int from = lines.offset(range.getStart().getLine(), range.getStart().getCharacter());
        int to = lines.offset(range.getEnd().getLine(), range.getEnd().getCharacter());
        return text.substring(0, from) + chosen.getTextEdit().getLeft().getNewText() + text.substring(to);
    }

    private List<String> labels(String marked) {
        return complete(marked).stream().map(CompletionItem::getLabel).toList();
    }

    @Test
    void theKeysOfAnEntryAreOfferedOnce() {
        List<String> labels = labels("{ \"mcpServers\": { \"a\": { \"url\": \"https://a\", | } } }");
        assertTrue(labels.containsAll(List.of("oauth", "headers", "disabled")), labels::toString);
        assertFalse(labels.contains("url"), "a key that is there is not offered again");
    }

    @Test
    void aHalfWrittenKeyIsReplacedWhole() {
        assertEquals(
                "{ \"servers\": { \"a\": { \"oauth\": { \"clientId\":  } } } }",
                applied("{ \"servers\": { \"a\": { \"oauth\": { \"cl|\" } } } }", "clientId"));
    }

    @Test
    void aKeyWithItsColonKeepsIt() {
        assertEquals(
                "{ \"servers\": { \"a\": { \"disabled\": true } } }",
                applied("{ \"servers\": { \"a\": { \"dis|\": true } } }", "disabled"));
    }

    @Test
    void theValuesOfAnEnumerationAreOffered() {
        List<String> labels = labels("{ \"mcpServers\": { \"a\": { \"type\": \"|\" } } }");
        assertTrue(labels.containsAll(List.of("stdio", "http", "sse")), labels::toString);
        assertEquals(List.of("true", "false"), labels("{ \"mcpServers\": { \"a\": { \"disabled\": | } } }"));
    }

    @Test
    void aHalfWrittenFileCompletesToo() {
        assertTrue(labels("{ \"mcpServers\": { \"a\": { |").contains("command"));
        assertTrue(labels("{ |").contains("mcpServers"));
        assertEquals(List.of(), labels("{ // comment |"));
    }

    @Test
    void hoverExplainsAKey() {
        String marked = "{ \"mcpServers\": { \"a\": { \"disa|bled\": true } } }";
        TextRange at = cursor(marked);
        ConfigDocument document = document(marked.replace("|", ""));
        String text = completion
                .hover(document, at.startLine(), at.startColumn(), true)
                .orElseThrow()
                .getContents()
                .getRight()
                .getValue();
        assertFalse(text.isBlank());
        assertTrue(completion.hover(document, 0, 0, true).isEmpty(), "nothing is known of a brace");
    }
}
