package dev.drawbridge.cli.demo;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The least of a browser that gets a person through a sign-in: it keeps cookies, follows redirects, fills in the one form
 * of a page and presses its first button. It goes to this machine and nowhere else.
 */
public final class FormBrowser {
    private static final int MOST_STEPS = 20;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Pattern FORM =
            Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern FIELD =
            Pattern.compile("<(input|button)\\b([^>]*)>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z]+)=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHARACTER = Pattern.compile("&#(\\d{1,6});");

    private final String user;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .connectTimeout(DEADLINE)
            .build();

    /** A browser of somebody who calls themselves this wherever asked. */
    public FormBrowser(String user) {
        this.user = user;
    }

    /**
     * Where a visit ended.
     *
     * @param path every address on the way, without its query
     * @param text the last page without its markup
     */
    public record Visit(List<String> path, int status, String text) {}

    /** Opens an address and goes on until a page has neither a redirect nor a form. */
    public Visit visit(URI address) throws IOException, InterruptedException {
        List<String> path = new ArrayList<>();
        HttpRequest request = get(address);
        for (int step = 0; step < MOST_STEPS; step++) {
            URI here = onThisMachine(request.uri());
            path.add(here.getScheme() + "://" + here.getAuthority() + here.getPath());
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            Optional<String> redirect = response.headers().firstValue("Location");
            if (response.statusCode() / 100 == 3 && redirect.isPresent()) {
                request = get(here.resolve(redirect.get()));
                continue;
            }
            Matcher form = FORM.matcher(response.body());
            if (response.statusCode() != 200 || !form.find()) {
                return new Visit(path, response.statusCode(), text(response.body()));
            }
            request = submit(here, form.group(1), form.group(2));
        }
        throw new IOException("the pages go on and on: " + path);
    }

    private HttpRequest submit(URI page, String form, String content) {
        StringBuilder body = new StringBuilder();
        boolean pressed = false;
        Matcher field = FIELD.matcher(content);
        while (field.find()) {
            String name = attribute(field.group(2), "name");
            boolean button = field.group(1).equalsIgnoreCase("button");
            if (name.isEmpty() || (button && pressed)) {
                pressed |= button;
                continue;
            }
            pressed |= button;
            body.append(body.isEmpty() ? "" : "&")
                    .append(encode(name))
                    .append('=')
                    .append(encode(value(name, field.group(2))));
        }
        return HttpRequest.newBuilder(page.resolve(attribute(form, "action")))
                .timeout(DEADLINE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private String value(String name, String attributes) {
        return switch (name) {
            case "login", "username" -> user;
            case "password" -> "any";
            default -> attribute(attributes, "value");
        };
    }

    private static HttpRequest get(URI address) {
        return HttpRequest.newBuilder(address).timeout(DEADLINE).GET().build();
    }

    private static URI onThisMachine(URI address) throws IOException {
        if (!List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(address.getHost()))) {
            throw new IOException("this browser goes to no other machine: " + address.getHost());
        }
        return address;
    }

    private static String attribute(String attributes, String name) {
        Matcher each = ATTRIBUTE.matcher(attributes);
        while (each.find()) {
            if (each.group(1).equalsIgnoreCase(name)) {
                return unescape(each.group(2));
            }
        }
        return "";
    }

    private static String text(String html) {
        String body =
                html.replaceAll("(?is)<(style|script|title)\\b.*?</\\1>", " ").replaceAll("<[^>]*>", " ");
        return unescape(body).replaceAll("\\s+", " ").strip();
    }

    private static String unescape(String html) {
        return CHARACTER
                .matcher(html)
                .replaceAll(match -> Matcher.quoteReplacement(
                        Character.toString(Math.min(Integer.parseInt(match.group(1)), Character.MAX_CODE_POINT))))
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
