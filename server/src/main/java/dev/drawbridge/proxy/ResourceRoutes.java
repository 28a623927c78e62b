package dev.drawbridge.proxy;

import dev.drawbridge.hub.CatalogKind;
import dev.drawbridge.hub.ServerName;
import dev.drawbridge.mcp.json.JsonEdit;
import dev.drawbridge.mcp.json.JsonSlices.MalformedJson;
import dev.drawbridge.mcp.json.JsonText;
import dev.drawbridge.mcp.json.RawJson;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which server a resource belongs to when all are behind one host. A URI stays what it is, and goes to the server that
 * lists it, or whose template begins like it. Where several list the same, the first keeps it, and the others' are told
 * apart by an address of their own, {@code drawbridge://SERVER/URI}.
 */
final class ResourceRoutes {
    private static final String SCHEME = "drawbridge://";

    private ResourceRoutes() {}

    /** A server and what the resource is called there. */
    record Route(Member member, String uri) {}

    /** The item as it is listed, whose URI another server may have listed before. */
    static RawJson listed(ServerName server, RawJson item, String member, boolean taken) throws MalformedJson {
        Optional<String> uri = Items.text(item, member);
        return taken && uri.isPresent()
                ? JsonEdit.with(item, Map.of(member, RawJson.of(JsonText.quote(told(server, uri.get())))))
                : item;
    }

    /** A resource's address where its URI is another server's, too. */
    static String told(ServerName server, String uri) {
        return SCHEME + encoded(server.value()) + "/" + encoded(uri);
    }

    /** The braces of a template keep their meaning. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7B", "{")
                .replace("%7D", "}");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Where a URI leads, as far as the lists tell. */
    static Optional<Route> of(String uri, List<Member> members) {
        if (uri.startsWith(SCHEME)) {
            Optional<Route> addressed = addressed(uri, members);
            if (addressed.isPresent()) {
                return addressed;
            }
        }
        Optional<Member> listing = members.stream()
                .filter(member -> lists(member, CatalogKind.RESOURCES, "uri", uri))
                .findFirst();
        return listing.or(() -> byTemplate(uri, members)).map(member -> new Route(member, uri));
    }

    private static Optional<Route> addressed(String uri, List<Member> members) {
        int slash = uri.indexOf('/', SCHEME.length());
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            String server = decoded(uri.substring(SCHEME.length(), slash));
            String rest = decoded(uri.substring(slash + 1));
            return members.stream()
                    .filter(member -> member.name().value().equals(server))
                    .findFirst()
                    .map(member -> new Route(member, rest));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean lists(Member member, CatalogKind kind, String name, String uri) {
        return member.known(kind).stream()
                .anyMatch(item -> Items.text(item, name).filter(uri::equals).isPresent());
    }

    /** The template itself, or the one that begins with most of the URI. */
    private static Optional<Member> byTemplate(String uri, List<Member> members) {
        Optional<Member> best = Optional.empty();
        int longest = 0;
        for (Member member : members) {
            for (RawJson item : member.known(CatalogKind.RESOURCE_TEMPLATES)) {
                String template = Items.text(item, "uriTemplate").orElse("");
                int brace = template.indexOf('{');
                String fixed = brace < 0 ? template : template.substring(0, brace);
                if (fixed.length() > longest && uri.startsWith(fixed)) {
                    best = Optional.of(member);
                    longest = fixed.length();
                }
            }
        }
        return best;
    }
}
