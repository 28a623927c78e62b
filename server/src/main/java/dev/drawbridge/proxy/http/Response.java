package dev.drawbridge.proxy.http;

import com.google.gson.JsonObject;
import dev.drawbridge.mcp.json.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole HTTP response. */
record Response(int status, Map<String, String> headers, byte[] body) {
    Response {
        headers = Map.copyOf(headers);
    }

    static Response empty(int status) {
        return new Response(status, Map.of(), new byte[0]);
    }

    static Response json(int status, byte[] body) {
        return new Response(status, Map.of("Content-Type", "application/json"), body);
    }

    /** A refusal that belongs to no JSON-RPC request: an error without an id, and a sentence in it. */
    static Response refusal(int status, String sentence) {
        return error(status, RawJson.NULL, -32600, sentence);
    }

    static Response error(int status, RawJson id, long code, String sentence) {
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", sentence);
        JsonObject message = new JsonObject();
        message.addProperty("jsonrpc", "2.0");
        message.add("id", id.tree());
        message.add("error", error);
        return json(status, RawJson.of(message).bytes());
    }

    Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body);
    }

    static String phrase(int status) {
        return switch (status) {
            case 100 -> "Continue";
            case 200 -> "OK";
            case 202 -> "Accepted";
            case 204 -> "No Content";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 421 -> "Misdirected Request";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "Error";
        };
    }
}
