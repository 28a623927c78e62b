package dev.drawbridge.cli.demo;

/** The pages of the demo's authorization server. Whatever comes from outside is escaped here, in one place. */
final class DemoPages {
    private static final String FRAME = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title}</title>
        <style>
        :root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center;
               background: light-dark(#eef3f6, #10181d) }
        main { max-width: 26rem; margin: 1rem; padding: 2rem; border-radius: .75rem;
               background: light-dark(#fff, #1b262d); box-shadow: 0 .5rem 2rem #0002 }
        h1 { margin: 0 0 .5rem; font-size: 1.4rem }
        label { display: block; margin: 1rem 0 .25rem }
        input { box-sizing: border-box; width: 100%; padding: .6rem; font: inherit; border: 1px solid #8a9aa5;
                border-radius: .4rem }
        .choice { display: flex; gap: .75rem; margin-top: 1.5rem }
        button { flex: 1; padding: .6rem; font: inherit; border-radius: .4rem; border: 1px solid #8a9aa5;
                 cursor: pointer }
        button[value=allow] { background: #0b6e99; border-color: #0b6e99; color: #fff }
        small { color: light-dark(#55646e, #a9b8c2) }
        </style>
        </head>
        <body><main>{content}</main></body>
        </html>
        """;

    private DemoPages() {}

    /** Sign-in and consent in one. */
    static String signIn(String ticket, DemoClients.Client client, DemoGrants.Wish wish) {
        String content = """
            <h1>Harbour sign-in</h1>
            <p><strong>{client}</strong> asks to use <strong>{resource}</strong> in your name, for: {scope}.</p>
            <form method="post" action="/decision">
            <input type="hidden" name="ticket" value="{ticket}">
            <label for="login">Your name</label>
            <input id="login" name="login" value="{hint}" autocomplete="off" maxlength="60" required autofocus>
            <div class="choice">
            <button name="decision" value="allow">Sign in and allow</button>
            <button name="decision" value="deny" formnovalidate>Deny</button>
            </div>
            </form>
            <p><small>This page belongs to the Drawbridge demo and runs on your own machine. Any name will do; there is
            no password.</small></p>
            """;
        return page(
                "Harbour sign-in",
                content.replace("{ticket}", escape(ticket))
                        .replace("{hint}", escape(wish.loginHint()))
                        .replace("{scope}", escape(wish.scope().isEmpty() ? "no special rights" : wish.scope()))
                        .replace("{resource}", escape(wish.resource().toString()))
                        .replace("{client}", escape(client.name())));
    }

    static String problem(String sentence) {
        return page("Harbour sign-in", "<h1>That did not work</h1><p>" + escape(sentence) + "</p>");
    }

    private static String page(String title, String content) {
        return FRAME.replace("{title}", escape(title)).replace("{content}", content);
    }

    /** Makes text safe in HTML's text and in quoted attributes; braces too, since they mark the places above. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<', '>', '&', '"', '\'', '{', '}' ->
                    safe.append("&#").append((int) c).append(';');
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
