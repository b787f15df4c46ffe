package io.freshet.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A schema registry with the calls of Confluent's API that producers and consumers need, in memory and on loopback. It accepts
 * every schema: it checks neither syntax nor compatibility.
 */
public final class LocalSchemaRegistry implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSIONS = Pattern.compile("/subjects/([^/]+)/versions(?:/(\\d{1,9}|latest))?");
    private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(\\d{1,9})");
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int INVALID = 422;

    private static final String ERROR_CODE = "error_code";

    private final HttpServer server;
    /** The id of a schema is its place, starting at 1. */
    private final List<ObjectNode> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();

    private LocalSchemaRegistry(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts a registry.
     *
     * @param port 0 for any free port
     * @throws IllegalStateException if the port is taken
     */
    public static LocalSchemaRegistry start(int port) {
        try {
            return new LocalSchemaRegistry(
                    HttpServer.create(new InetSocketAddress(Loopback.HOST, Loopback.port(port)), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://" + Loopback.HOST + ":" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode answer = answer(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(),
                    exchange.getRequestBody().readAllBytes());
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(answer.path(ERROR_CODE).asInt(OK), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized JsonNode answer(String method, String path, byte[] body) {
        Matcher versions = VERSIONS.matcher(path);
        Matcher byId = BY_ID.matcher(path);
        if (path.equals("/schemas/types")) {
            return JSON.valueToTree(List.of("AVRO", "PROTOBUF", "JSON"));
        }
        if (path.equals("/subjects")) {
            return JSON.valueToTree(subjects.keySet());
        }
        if (versions.matches()) {
            String subject = URLDecoder.decode(versions.group(1), StandardCharsets.UTF_8);
            return method.equals("POST") ? register(subject, body) : version(subject, versions.group(2));
        }
        if (byId.matches() && Integer.parseInt(byId.group(1)) <= schemas.size() && !byId.group(1).equals("0")) {
            return described(Integer.parseInt(byId.group(1)));
        }
        return refusal(NOT_FOUND, "not found: " + path);
    }

    private JsonNode register(String subject, byte[] body) {
        ObjectNode schema;
        try {
            JsonNode given = JSON.readTree(body);
            schema = JSON.createObjectNode().put("schema", given.path("schema").asText()).put("schemaType",
                    given.path("schemaType").asText("AVRO"));
        } catch (IOException e) {
            return refusal(INVALID, "the body is not JSON");
        }
        int id = schemas.indexOf(schema) + 1;
        if (id == 0) {
            schemas.add(schema);
            id = schemas.size();
        }
        List<Integer> ids = subjects.computeIfAbsent(subject, first -> new ArrayList<>());
        if (!ids.contains(id)) {
            ids.add(id);
        }
        return JSON.createObjectNode().put("id", id);
    }

    private JsonNode version(String subject, @Nullable String wanted) {
        List<Integer> ids = subjects.getOrDefault(subject, List.of());
        if (ids.isEmpty()) {
            return refusal(NOT_FOUND, "subject " + subject + " not found");
        }
        if (wanted == null) {
            return JSON.valueToTree(IntStream.rangeClosed(1, ids.size()).toArray());
        }
        int version = wanted.equals("latest") ? ids.size() : Integer.parseInt(wanted);
        if (version < 1 || version > ids.size()) {
            return refusal(NOT_FOUND, "version " + wanted + " not found");
        }
        int id = ids.get(version - 1);
        return described(id).put("subject", subject).put("version", version).put("id", id);
    }

    private ObjectNode described(int id) {
        return schemas.get(id - 1).deepCopy();
    }

    private static JsonNode refusal(int status, String message) {
        return JSON.createObjectNode().put(ERROR_CODE, status).put("message", message);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
