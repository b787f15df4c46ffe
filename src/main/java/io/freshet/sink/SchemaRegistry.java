package io.freshet.sink;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.codec.BinaryFormat;

/** A schema registry with Confluent's API. What it has said once is remembered: ids and schemas never change. */
@ApplicationScoped
public class SchemaRegistry {

    /** The registry does not take a schema, or does not have it: asking again will not help. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final String REFUSES = "the schema registry refuses the schema of ";

        RefusedException(String subject, String reason) {
            super(REFUSES + subject + ": " + reason);
        }

        /** Whether a text says that a schema was refused. */
        static boolean isReason(String text) {
            return text.contains(REFUSES);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    /** A schema under a subject. */
    private record Registration(String subject, String schema) {
    }

    private final Optional<String> url;
    private final Optional<String> credentials;
    private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, String> schemas = new ConcurrentHashMap<>();
    private @Nullable HttpClient client;

    public SchemaRegistry(SchemaRegistryConfig config) {
        this.url = config.url().map(text -> text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        this.credentials = config.credentials();
    }

    public boolean isConfigured() {
        return url.isPresent();
    }

    /**
     * The id of a schema, which is registered under a subject if it is not there yet. The registry checks that it may follow
     * the schemas before.
     *
     * @throws IOException if the registry does not answer, or has a problem
     * @throws RefusedException if it does not take the schema
     */
    public int register(String subject, BinaryFormat format, String schema) throws IOException {
        Registration registration = new Registration(subject, schema);
        Integer known = ids.get(registration);
        if (known != null) {
            return known;
        }
        ObjectNode body = JSON.createObjectNode().put("schema", schema);
        if (format != BinaryFormat.AVRO) {
            body.put("schemaType", format.name());
        }
        String path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
        JsonNode answer = send(request(path).POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(), subject);
        int id = answer.path("id").asInt();
        ids.put(registration, id);
        return id;
    }

    /**
     * The text of a schema.
     *
     * @throws IOException if the registry does not answer, or has a problem
     * @throws RefusedException if there is no such schema
     */
    public String schema(int id) throws IOException {
        String known = schemas.get(id);
        if (known == null) {
            known = send(request("/schemas/ids/" + id).GET().build(), "id " + id).path("schema").asText();
            schemas.put(id, known);
        }
        return known;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.orElseThrow() + path)).timeout(PATIENCE)
                .header("Content-Type", MEDIA_TYPE).header("Accept", MEDIA_TYPE + ", application/json");
        credentials.ifPresent(text -> request.header("Authorization",
                "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return request;
    }

    private JsonNode send(HttpRequest request, String subject) throws IOException {
        HttpResponse<String> response;
        try {
            response = client().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            // the message of some is null
            throw new IOException("the schema registry does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        int status = response.statusCode();
        if (status == CONFLICT || status == UNPROCESSABLE || status == NOT_FOUND) {
            throw new RefusedException(subject, said(response.body()));
        }
        if (status / 100 != 2) {
            throw new IOException("the schema registry answers " + status + " to " + subject);
        }
        return JSON.readTree(response.body());
    }

    private static String said(String body) {
        try {
            return JSON.readTree(body).path("message").asText("no reason given");
        } catch (JsonProcessingException e) {
            return "no reason given";
        }
    }

    private synchronized HttpClient client() {
        HttpClient open = client;
        if (open == null) {
            open = HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER).build();
            client = open;
        }
        return open;
    }
}
