package dev.drawbridge.proxy.http;

/** A whole request. */
record Request(RequestHead head, byte[] body) {}
