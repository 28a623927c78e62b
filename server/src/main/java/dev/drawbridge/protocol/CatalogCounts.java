// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

/**
 * How many of each a server offers.
 *
 * @param tools The number of tools, disabled ones left out.
 * @param resources The number of resources.
 * @param resourceTemplates The number of resource templates.
 * @param prompts The number of prompts.
 */
public record CatalogCounts(int tools, int resources, int resourceTemplates, int prompts) {}
