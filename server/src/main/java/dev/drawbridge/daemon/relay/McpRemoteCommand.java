package dev.drawbridge.daemon.relay;

import dev.drawbridge.mcp.json.JsonText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of another program's configuration that runs the npm package mcp-remote, as the entry of an mcp.json that needs
 * no such command.
 *
 * @param definition a JSON object
 * @param remarks sentences on flags that have no effect here
 */
public record McpRemoteCommand(String definition, List<String> remarks) {
    private static final Pattern PACKAGE = Pattern.compile("(.*[/\\\\])?mcp-remote(\\.cmd)?(@[^/\\\\]*)?");
    private static final Set<String> RUNNERS =
            Set.of("npx", "npx.cmd", "bunx", "pnpx", "pnpm", "yarn", "dlx", "exec", "cmd", "cmd.exe", "/c", "/C");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern STAND_IN = Pattern.compile("\uE000([0-9]+)\uE001");

    /** Flags that name a file: what stands in it is not copied into a configuration. */
    private static final String HEADER_FILE = "--header-file";

    /**
     * Empty when the command is another, or says something that an entry cannot.
     *
     * @param command the program and its arguments, variables as they are written
     * @param environment what the entry sets for the program
     */
    public static Optional<McpRemoteCommand> of(List<String> command, Map<String, String> environment) {
        int at = 0;
        while (at < command.size() && isRunner(command.get(at))) {
            at++;
        }
        if (at == command.size() || !PACKAGE.matcher(command.get(at)).matches()) {
            return Optional.empty();
        }
        List<String> args = command.subList(at + 1, command.size());
        if (args.contains(HEADER_FILE) || args.stream().anyMatch(arg -> arg.startsWith("@"))) {
            return Optional.empty();
        }
        Variables variables = new Variables(environment);
        try {
            ProxyArguments parsed =
                    ProxyArguments.parse(args.stream().map(variables::hidden).toList(), Map.of());
            return entry(parsed, variables);
        } catch (ProxyArguments.BadArguments e) {
            return Optional.empty();
        }
    }

    private static boolean isRunner(String word) {
        String name = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
        return RUNNERS.contains(word) || RUNNERS.contains(name) || word.startsWith("-");
    }

    private static Optional<McpRemoteCommand> entry(ProxyArguments parsed, Variables variables) {
        List<String> words = parsed.forDaemon();
        if (!words.getFirst().equals("--definition")) {
            return Optional.empty();
        }
        List<String> hiddenTools = new ArrayList<>();
        List<String> remarks = new ArrayList<>(parsed.remarks());
        for (Iterator<String> rest = words.subList(3, words.size()).iterator(); rest.hasNext(); ) {
            String flag = rest.next();
            if (flag.equals("--ignore-tool")) {
                String tool = rest.next();
                if (tool.contains("*")) {
                    return Optional.empty();
                }
                hiddenTools.add(JsonText.quote(tool));
            } else {
                remarks.add(flag + " belongs to the command line of drawbridge proxy and is left out.");
            }
        }
        String definition = words.get(2);
        if (!hiddenTools.isEmpty()) {
            definition = definition.substring(0, definition.length() - 1) + ",\"disabledTools\":["
                    + String.join(",", hiddenTools) + "]}";
        }
        variables
                .unused()
                .forEach(name -> remarks.add("the variable " + name + " was for mcp-remote and is left out."));
        return Optional.of(new McpRemoteCommand(variables.shown(definition), remarks));
    }

    /** A definition may hold secrets. */
    @Override
    public String toString() {
        return "McpRemoteCommand[" + remarks + "]";
    }

    /** Keeps variables from being taken for text: they go through the reading of the flags as characters nobody writes. */
    private static final class Variables {
        private final Map<String, String> environment;
        private final Map<String, Boolean> used = new LinkedHashMap<>();
        private final List<String> hidden = new ArrayList<>();

        Variables(Map<String, String> environment) {
            this.environment = environment;
            environment.keySet().forEach(name -> used.put(name, false));
        }

        String hidden(String text) {
            return VARIABLE.matcher(text).replaceAll(found -> {
                String name = found.group().substring(2, found.group().length() - 1);
                used.replace(name, true);
                hidden.add(environment.getOrDefault(name, found.group()));
                return "\uE000" + (hidden.size() - 1) + "\uE001";
            });
        }

        String shown(String json) {
            return STAND_IN.matcher(json).replaceAll(found -> {
                String quoted = JsonText.quote(hidden.get(Integer.parseInt(found.group(1))));
                return Matcher.quoteReplacement(quoted.substring(1, quoted.length() - 1));
            });
        }

        List<String> unused() {
            return used.entrySet().stream()
                    .filter(variable -> !variable.getValue())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }
}
