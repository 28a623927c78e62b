// Generated from protocol-spec/model; repair: mvn -q -pl protocol-spec test -Ddrawbridge.generate=write

package dev.drawbridge.protocol;

/** The answer of a request that gives nothing but the word that it was done. */
public record EmptyResult() {}
