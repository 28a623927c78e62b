package dev.drawbridge.daemon;

import dev.drawbridge.mcp.json.JsonText;
import java.util.List;
import java.util.Map;

/**
 * The first line of a connection: who comes, and what for. The daemon serves a session with this context and never with
 * its own, because it inherited that from whichever editor happened to start it.
 *
 * @param role what is wanted
 * @param version the client's release, {@code 0.1.0}
 * @param build the client's build, see {@link BuildInfo}
 * @param pid the client's process
 * @param cwd its working folder, absolute
 * @param client who it is, for {@code status} and prompts; empty when unknown
 * @param environment the variables of the process the editor started
 * @param args what followed the subcommand on its command line
 */
public record Hello(
        Role role,
        String version,
        String build,
        long pid,
        String cwd,
        String client,
        Map<String, String> environment,
        List<String> args) {
    /** The handshake's own version; it is also in the socket's name, so two majors never meet. */
    public static final int PROTOCOL = 1;

    /** How long one line of the handshake may be, in bytes, either way. */
    public static final int MAX_LINE = 1 << 20;

    /** Leaves room for everything else in the line, and for escapes. */
    private static final int MAX_ENVIRONMENT = MAX_LINE * 3 / 4;

    public Hello {
        environment = Map.copyOf(environment);
        args = List.copyOf(args);
    }

    /** This process's own greeting. */
    public static Hello ofThisProcess(Role role, String client, List<String> args) {
        BuildInfo build = BuildInfo.current();
        return new Hello(
                role,
                build.version(),
                build.build(),
                ProcessHandle.current().pid(),
                System.getProperty("user.dir", ""),
                client,
                System.getenv(),
                args);
    }

    /** The line, without its line break. Variables beyond the bound are left out rather than the connection refused. */
    public String toJson() {
        StringBuilder out = new StringBuilder(8192)
                .append("{\"drawbridge\":")
                .append(PROTOCOL)
                .append(",\"role\":")
                .append(JsonText.quote(role.wireName()))
                .append(",\"version\":")
                .append(JsonText.quote(version))
                .append(",\"build\":")
                .append(JsonText.quote(build))
                .append(",\"pid\":")
                .append(pid)
                .append(",\"cwd\":")
                .append(JsonText.quote(cwd))
                .append(",\"client\":")
                .append(JsonText.quote(client))
                .append(",\"args\":[");
        String separator = "";
        for (String arg : args) {
            out.append(separator).append(JsonText.quote(arg));
            separator = ",";
        }
        out.append("],\"environment\":{");
        separator = "";
        int room = MAX_ENVIRONMENT;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String member = JsonText.quote(variable.getKey()) + ":" + JsonText.quote(variable.getValue());
            // Three bytes bound what one UTF-16 unit takes in UTF-8.
            room -= member.length() * 3;
            if (room < 0) {
                break;
            }
            out.append(separator).append(member);
            separator = ",";
        }
        return out.append("}}").toString();
    }

    /** Environment values and arguments can be secrets. */
    @Override
    public String toString() {
        return "Hello[" + role.wireName() + ", " + client + ", pid " + pid + ", " + version + "]";
    }
}
