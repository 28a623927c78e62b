package dev.drawbridge.spec.emit.markdown;

import dev.drawbridge.spec.Examples;
import dev.drawbridge.spec.emit.Emitter;
import dev.drawbridge.spec.emit.GeneratedFile;
import dev.drawbridge.spec.model.ProtocolModel;
import java.util.List;

/** The guide for people who write a client: prose with the examples and fallbacks of the model filled in. */
public final class GuideEmitter implements Emitter {
    private final String prose;
    private final Examples examples;

    public GuideEmitter(String prose, Examples examples) {
        this.prose = prose;
        this.examples = examples;
    }

    @Override
    public List<GeneratedFile> emit(ProtocolModel model) {
        String text = "<!-- " + GeneratedFile.NOTICE + " -->\n\n" + new Prose(model, examples).fill(prose) + "\n";
        return List.of(new GeneratedFile("protocol-spec/new-editor.md", text));
    }

    @Override
    public List<String> folders() {
        return List.of();
    }
}
