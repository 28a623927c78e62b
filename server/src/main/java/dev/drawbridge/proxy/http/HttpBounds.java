package dev.drawbridge.proxy.http;

import java.time.Duration;

/**
 * What the local endpoint takes at most.
 *
 * @param connections TCP connections at once
 * @param head bytes of a request's head
 * @param body bytes of a request's body
 * @param hosts sessions, and identities of stateless hosts, at once
 * @param reading how long a request may take to arrive
 * @param writing how long a host may leave what it was sent unread
 * @param unused how long a connection may stay open without a request
 * @param forgotten how long a session, or a stateless host, may be silent before it is given up
 * @param quick how long an answer is waited for before a stream of events begins
 */
public record HttpBounds(
        int connections,
        int head,
        int body,
        int hosts,
        Duration reading,
        Duration writing,
        Duration unused,
        Duration forgotten,
        Duration quick) {
    public static final HttpBounds DEFAULT = new HttpBounds(
            256,
            32 << 10,
            32 << 20,
            64,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(2),
            Duration.ofMinutes(30),
            Duration.ofMillis(400));

    public HttpBounds withBody(int changed) {
        return new HttpBounds(connections, head, changed, hosts, reading, writing, unused, forgotten, quick);
    }

    public HttpBounds withHosts(int changed) {
        return new HttpBounds(connections, head, body, changed, reading, writing, unused, forgotten, quick);
    }

    public HttpBounds withConnections(int changed) {
        return new HttpBounds(changed, head, body, hosts, reading, writing, unused, forgotten, quick);
    }

    public HttpBounds withTimes(Duration changedReading, Duration changedWriting, Duration changedForgotten) {
        return new HttpBounds(
                connections, head, body, hosts, changedReading, changedWriting, unused, changedForgotten, quick);
    }
}
