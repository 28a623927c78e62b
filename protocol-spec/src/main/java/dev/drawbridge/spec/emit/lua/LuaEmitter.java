package dev.drawbridge.spec.emit.lua;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.emit.Emitter;
import dev.drawbridge.spec.emit.GeneratedFile;
import dev.drawbridge.spec.model.Definition;
import dev.drawbridge.spec.model.Enumeration;
import dev.drawbridge.spec.model.Message;
import dev.drawbridge.spec.model.Message.Direction;
import dev.drawbridge.spec.model.ProtocolModel;
import java.util.List;
import java.util.Locale;

/**
 * The Neovim client's module about the protocol: annotations for LuaLS, the methods, the error codes, and the shapes of
 * all types as data, by which the tests check the messages.
 */
public final class LuaEmitter implements Emitter {
    @Override
    public List<GeneratedFile> emit(ProtocolModel model) {
        String text = "-- " + GeneratedFile.NOTICE + "\n\n"
                + "---@alias drawbridge.LSPAny any\n---@alias drawbridge.LSPObject table<string, any>\n\n"
                + model.definitions().map(one -> Annotations.of(one) + "\n").collect(joining())
                + "local M = {}\n\n"
                + "---The version of the protocol that this file is of.\nM.version = '" + model.version() + "'\n\n"
                + "---Every"
                + " message:"
                + " who sends"
                + " it, and"
                + " the types"
                + " of its"
                + " parameters"
                + " and of a"
                + " request's"
                + " result.\n"
                + "---@type"
                + " table<string,"
                + " { direction:"
                + " 'clientToServer'|'serverToClient',"
                + " params:"
                + " string,"
                + " result?:"
                + " string"
                + " }>\n"
                + "M.methods"
                + " = {\n"
                + model.messages().stream().map(LuaEmitter::message).collect(joining()) + "}\n\n"
                + model.enumerations().stream()
                        .filter(one -> !Annotations.isText(one))
                        .map(LuaEmitter::numbers)
                        .collect(joining())
                + "---The shape of each type. A member's type ends in `[]` in a list, in `{}` in an object with free"
                + " names, and\n"
                + "---in `?` when it may be absent; `tag` names the member that tells the cases of a union apart.\n"
                + "M.types = {\n"
                + model.definitions().map((Definition one) -> Shapes.of(one)).collect(joining()) + "}\n\nreturn M\n";
        return List.of(new GeneratedFile("clients/neovim/lua/drawbridge/protocol.lua", text));
    }

    @Override
    public List<String> folders() {
        return List.of();
    }

    private static String message(Message one) {
        return "  ['" + one.method() + "'] = { direction = '"
                + (one.direction() == Direction.CLIENT_TO_SERVER ? "clientToServer" : "serverToClient")
                + "', params = '" + one.params() + "'"
                + one.result().map(result -> ", result = '" + result + "'").orElse("") + " },\n";
    }

    private static String numbers(Enumeration enumeration) {
        String name = enumeration.name();
        return Annotations.comment(enumeration.documentation())
                + "M." + name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) + " = {\n"
                + enumeration.values().stream()
                        .map(value -> "  " + value.name() + " = " + value.value() + ",\n")
                        .collect(joining())
                + "}\n\n";
    }
}
