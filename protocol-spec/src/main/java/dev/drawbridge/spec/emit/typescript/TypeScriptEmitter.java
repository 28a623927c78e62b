package dev.drawbridge.spec.emit.typescript;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.emit.Emitter;
import dev.drawbridge.spec.emit.GeneratedFile;
import dev.drawbridge.spec.model.ProtocolModel;
import java.util.List;

/** The types of the VS Code client: one file that depends on nothing, so that any TypeScript client can copy it. */
public final class TypeScriptEmitter implements Emitter {
    private static final String HEAD = """
        // NOTICE

        /** The version of the protocol these types are of; a client declares it in {@link McpClientCapabilities}. */
        export const protocolVersion = 'VERSION';

        /** An absolute address. */
        export type URI = string;

        /** What an editor can open, as LSP spells it. */
        export type DocumentUri = string;

        /** JSON that is carried untouched. */
        export type LSPAny = string | number | boolean | null | readonly LSPAny[] | LSPObject;

        /** A JSON object that is carried untouched. */
        export interface LSPObject {
          readonly [member: string]: LSPAny;
        }
        """;

    @Override
    public List<GeneratedFile> emit(ProtocolModel model) {
        String text = HEAD.replace("NOTICE", GeneratedFile.NOTICE).replace("VERSION", model.version())
                + model.definitions().map(one -> "\n" + TypeText.of(one)).collect(joining())
                + MessageText.of(model.messages());
        return List.of(new GeneratedFile("clients/vscode/src/generated/protocol.ts", text));
    }

    @Override
    public List<String> folders() {
        return List.of("clients/vscode/src/generated");
    }
}
