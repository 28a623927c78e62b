package dev.drawbridge.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configured text taken apart into plain text and variables: {@code ${env:X}}, {@code ${X}} and {@code ${X:-default}}
 * (Claude Code's spelling), {@code ${input:X}}, {@code ${keyring:X}}, {@code ${cmd:…}} and the folder variables. A second
 * dollar sign before the first makes the variable plain text.
 */
record VariableText(List<Piece> pieces) {
    private static final Pattern ENVIRONMENT = Pattern.compile("(?s)([A-Za-z_][A-Za-z0-9_]*)(:-(.*))?");
    private static final Pattern NAMED_ENVIRONMENT = Pattern.compile("(?s)([^:=\\s][^:=]*)(:-(.*))?");

    VariableText {
        pieces = List.copyOf(pieces);
    }

    /** A part of the text; variables know where they stand in it. */
    sealed interface Piece {
        record Text(String text) implements Piece {}

        record Variable(Kind kind, String argument, Optional<String> otherwise, int start, int end) implements Piece {}

        /** A variable that is none of ours, or whose brace is never closed. */
        record Unknown(String why, int start, int end) implements Piece {}
    }

    /** What a variable asks for. */
    enum Kind {
        ENVIRONMENT,
        INPUT,
        KEYRING,
        COMMAND,
        WORKSPACE_FOLDER,
        WORKSPACE_FOLDER_BASENAME,
        USER_HOME,
        CURRENT_FOLDER,
        PATH_SEPARATOR
    }

    static VariableText parse(String text) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                plain.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                if (!plain.isEmpty()) {
                    pieces.add(new Piece.Text(plain.toString()));
                    plain.setLength(0);
                }
                int end = closingBrace(text, at + 1);
                if (end < 0) {
                    pieces.add(new Piece.Unknown("This ${ is never closed.", at, text.length()));
                    return new VariableText(pieces);
                }
                pieces.add(variable(text.substring(at + 2, end), at, end + 1));
                at = end + 1;
            } else {
                plain.append(text.charAt(at++));
            }
        }
        if (!plain.isEmpty()) {
            pieces.add(new Piece.Text(plain.toString()));
        }
        return new VariableText(pieces);
    }

    boolean hasVariables() {
        return pieces.stream().anyMatch(piece -> !(piece instanceof Piece.Text));
    }

    boolean hasCommand() {
        return pieces.stream()
                .anyMatch(piece -> piece instanceof Piece.Variable variable && variable.kind() == Kind.COMMAND);
    }

    /** The brace that closes the one at {@code open}; commands may hold balanced braces of their own. */
    private static int closingBrace(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '{' -> depth++;
                case '}' -> {
                    if (--depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    private static Piece variable(String body, int start, int end) {
        Optional<Kind> fixed = switch (body) {
            case "workspaceFolder" -> Optional.of(Kind.WORKSPACE_FOLDER);
            case "workspaceFolderBasename" -> Optional.of(Kind.WORKSPACE_FOLDER_BASENAME);
            case "userHome" -> Optional.of(Kind.USER_HOME);
            case "cwd" -> Optional.of(Kind.CURRENT_FOLDER);
            case "pathSeparator", "/" -> Optional.of(Kind.PATH_SEPARATOR);
            default -> Optional.empty();
        };
        if (fixed.isPresent()) {
            return new Piece.Variable(fixed.get(), "", Optional.empty(), start, end);
        }
        int colon = body.indexOf(':');
        String prefix = colon < 0 ? "" : body.substring(0, colon);
        String rest = body.substring(colon + 1).strip();
        return switch (prefix) {
            case "env" -> environment(NAMED_ENVIRONMENT.matcher(rest), body, start, end);
            case "input" -> named(Kind.INPUT, rest, start, end);
            case "keyring" -> named(Kind.KEYRING, rest, start, end);
            case "cmd" -> named(Kind.COMMAND, rest, start, end);
            default -> environment(ENVIRONMENT.matcher(body), body, start, end);
        };
    }

    private static Piece named(Kind kind, String argument, int start, int end) {
        return argument.isEmpty()
                ? new Piece.Unknown("A name is missing after the colon.", start, end)
                : new Piece.Variable(kind, argument, Optional.empty(), start, end);
    }

    private static Piece environment(Matcher matcher, String body, int start, int end) {
        return matcher.matches()
                ? new Piece.Variable(
                        Kind.ENVIRONMENT, matcher.group(1), Optional.ofNullable(matcher.group(3)), start, end)
                : new Piece.Unknown("Drawbridge knows no variable ${" + shortened(body) + "}.", start, end);
    }

    private static String shortened(String body) {
        return body.length() <= 40 ? body : body.substring(0, 40) + "…";
    }
}
