package dev.drawbridge.spec.emit;

import dev.drawbridge.spec.model.ProtocolModel;
import java.util.List;

/** Turns the model into the files of one target: a language, or a kind of document. */
public interface Emitter {
    List<GeneratedFile> emit(ProtocolModel model);

    /** The folders, from the root of the repository, in which a file that carries the notice and is not emitted is stale. */
    List<String> folders();
}
