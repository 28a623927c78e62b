package dev.drawbridge.hub;

/** The lists a server offers. */
public enum CatalogKind {
    TOOLS("tools/list", "tools"),
    RESOURCES("resources/list", "resources"),
    RESOURCE_TEMPLATES("resources/templates/list", "resourceTemplates"),
    PROMPTS("prompts/list", "prompts");

    private final String method;
    private final String member;

    CatalogKind(String method, String member) {
        this.method = method;
        this.member = member;
    }

    /** The MCP request that reads one page of the list. */
    public String method() {
        return method;
    }

    /** The member of the result that holds the page. */
    public String member() {
        return member;
    }
}
