package dev.drawbridge.spec.emit.elisp;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.spec.emit.Emitter;
import dev.drawbridge.spec.emit.GeneratedFile;
import dev.drawbridge.spec.model.Definition;
import dev.drawbridge.spec.model.Message;
import dev.drawbridge.spec.model.Message.Direction;
import dev.drawbridge.spec.model.ProtocolModel;
import java.util.List;

/** The Emacs client's file about the protocol: the messages and the types as constants, which its macros check code by. */
public final class ElispEmitter implements Emitter {
    @Override
    public List<GeneratedFile> emit(ProtocolModel model) {
        return List.of(new GeneratedFile("clients/emacs/drawbridge-protocol.el", """
            ;;; drawbridge-protocol.el --- The messages of the Drawbridge protocol  -*- lexical-binding: t; -*-

            ;; SPDX-License-Identifier: Apache-2.0

            ;;; Commentary:

            ;; NOTICE
            ;;
            ;; `drawbridge-types' has the macros that check code by these constants.

            ;;; Code:

            (defconst drawbridge-protocol-version "VERSION"
              "The version of the protocol that this file is of.")

            (defconst drawbridge-protocol-methods
              '(METHODS)
              "Every message: method, direction, type of the parameters, type of the result.")

            (defconst drawbridge-protocol-types
              '(TYPES)
              "The shape of each type.
            An object is (object MEMBER...), with each member as (KEYWORD TYPE) or
            \\(KEYWORD TYPE optional); one of several objects is
            \\(union TAG (VALUE MEMBER...)...); one of several values is
            \\(enum VALUE...); a string of some format is (format FORMAT).  A type is
            a symbol, \\(list TYPE), or \\(map TYPE) for an object with free names.")

            (provide 'drawbridge-protocol)
            ;;; drawbridge-protocol.el ends here
            """.replace(
                        "NOTICE", GeneratedFile.NOTICE)
                .replace("VERSION", model.version())
                .replace(
                        "(METHODS)",
                        "("
                                + model.messages().stream()
                                        .map(ElispEmitter::message)
                                        .collect(joining("\n    ")) + ")")
                .replace(
                        "(TYPES)",
                        "("
                                + model.definitions()
                                        .map((Definition one) -> Shapes.of(one))
                                        .collect(joining("\n    ")) + ")")));
    }

    @Override
    public List<String> folders() {
        return List.of();
    }

    private static String message(Message one) {
        return "(" + one.method() + " " + (one.direction() == Direction.CLIENT_TO_SERVER ? "client" : "server") + " "
                + one.params() + one.result().map(result -> " " + result).orElse("") + ")";
    }
}
