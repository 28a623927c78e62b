package dev.drawbridge.spec.emit.markdown;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.Examples;
import dev.drawbridge.spec.emit.Emitter;
import dev.drawbridge.spec.emit.GeneratedFile;
import dev.drawbridge.spec.model.Definition;
import dev.drawbridge.spec.model.Message;
import dev.drawbridge.spec.model.ProtocolModel;
import java.util.List;
import java.util.function.Predicate;

/** The specification for people: the introduction, then every message, then every type, each with an example. */
public final class SpecificationEmitter implements Emitter {
    private final String introduction;
    private final Examples examples;

    /**
     * Prepares the document.
     *
     * @param introduction Markdown that comes first, with the document's title
     */
    public SpecificationEmitter(String introduction, Examples examples) {
        this.introduction = introduction;
        this.examples = examples;
    }

    @Override
    public List<GeneratedFile> emit(ProtocolModel model) {
        MessageText messages = new MessageText(examples);
        TypeText types = new TypeText(examples);
        String text = "<!-- " + GeneratedFile.NOTICE + " -->\n\n"
                + new Prose(model, examples).fill(introduction)
                + "\n\n## All messages\n\n| message | kind | in short |\n|---|---|---|\n"
                + model.messages().stream().map(MessageText::row).collect(joining())
                + "\n## Requests of the client\n\n"
                + all(model, messages, one -> one.isRequest() && one.direction() == Message.Direction.CLIENT_TO_SERVER)
                + "## Notifications of the server\n\n"
                + all(model, messages, one -> !one.isRequest())
                + "## Requests of the server\n\n"
                + all(model, messages, one -> one.isRequest() && one.direction() == Message.Direction.SERVER_TO_CLIENT)
                + "## Types\n\n"
                + "A member that is marked *optional* may be left out; every other one is always there.\n\n"
                + model.definitions()
                        .sorted((left, right) -> left.name().compareTo(right.name()))
                        .map((Definition one) -> types.section(one))
                        .collect(joining());
        return List.of(new GeneratedFile("protocol-spec/specification.md", text.strip() + "\n"));
    }

    private static String all(ProtocolModel model, MessageText messages, Predicate<Message> wanted) {
        return model.messages().stream().filter(wanted).map(messages::section).collect(joining());
    }

    @Override
    public List<String> folders() {
        return List.of();
    }
}
