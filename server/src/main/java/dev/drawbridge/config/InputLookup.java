package dev.drawbridge.config;

/** Finds the answer to {@code ${input:id}} that the user gave before; never asks by itself. */
@FunctionalInterface
public interface InputLookup {
    LookupResult find(String id);
}
