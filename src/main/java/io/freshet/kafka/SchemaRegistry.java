package io.freshet.kafka;

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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.codec.BinaryFormat;

/** A client for a schema registry with Confluent's API. It caches answers for ever, because ids and schemas never change. */
@ApplicationScoped
public class SchemaRegistry {

    /** Thrown if the registry rejects a schema or does not have it, so that a retry is useless. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final String REFUSES = " refuses the schema of ";

        RefusedException(String address, String subject, String reason) {
            super("the schema registry at " + address + REFUSES + subject + ": " + reason);
        }

        /** Creates the exception for a record that no registry would accept. */
        public RefusedException(String subject, String reason) {
            super("the schema registry" + REFUSES + subject + ": " + reason);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int SERVER_ERROR = 500;
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

    /** Returns the address, or empty if no registry is configured. */
    public Optional<String> url() {
        return url;
    }

    public boolean isConfigured() {
        return url.isPresent();
    }

    /**
     * Returns the id of a schema, which is registered under a subject if it is new. The registry checks its compatibility with
     * the earlier schemas.
     *
     * @throws IOException if the registry does not answer or has a problem
     * @throws RefusedException if the registry rejects the schema
     */
    public int register(String subject, BinaryFormat format, String schema) throws IOException {
        Registration registration = new Registration(subject, schema);
        Integer known = ids.get(registration);
        if (known != null) {
            return known;
        }
        ObjectNode body = JSON.createObjectNode().put("schema", schema);
        if (format != BinaryFormat.AVRO) {
            body.put("schemaType", format.registryType());
        }
        String path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
        JsonNode answer = send(request(path).POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(), subject);
        int id = answer.path("id").asInt();
        ids.put(registration, id);
        return id;
    }

    /**
     * Returns the text of a schema.
     *
     * @throws IOException if the registry does not answer or has a problem
     * @throws RefusedException if the schema does not exist
     */
    public String schema(int id) throws IOException {
        String known = schemas.get(id);
        if (known == null) {
            known = send(request("/schemas/ids/" + id).GET().build(), "id " + id).path("schema").asText();
            schemas.put(id, known);
        }
        return known;
    }

    /**
     * A schema of a subject.
     *
     * @param type AVRO, PROTOBUF or JSON
     */
    public record SubjectSchema(String type, String text) {
    }

    /**
     * Returns a schema of a subject.
     *
     * @param version a number, or latest
     * @throws IOException if the registry does not answer or has a problem
     * @throws RefusedException if the subject or the version does not exist
     */
    public SubjectSchema schema(String subject, String version) throws IOException {
        JsonNode answer = send(request("/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions/"
                + URLEncoder.encode(version, StandardCharsets.UTF_8)).GET().build(), subject);
        return new SubjectSchema(answer.path("schemaType").asText(BinaryFormat.AVRO.registryType()),
                answer.path("schema").asText());
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
            // some exceptions have no message
            throw new IOException("the schema registry at " + address() + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        int status = response.statusCode();
        if (status == CONFLICT || status == UNPROCESSABLE || status == NOT_FOUND) {
            throw new RefusedException(address(), subject, said(response.body()));
        }
        if (status / 100 != 2) {
            throw new IOException(
                    "the schema registry at " + address() + " answers " + status + " to the schema of " + subject);
        }
        return JSON.readTree(response.body());
    }

    /**
     * Returns the problem with the registry, or empty if it answers. The stage completes within a few seconds and never fails.
     * A registry that lacks this endpoint still answers.
     */
    public CompletionStage<Optional<String>> problem() {
        HttpRequest request = request("/schemas/types").timeout(PROBE).GET().build();
        return client().sendAsync(request, HttpResponse.BodyHandlers.discarding()).handle((response, thrown) -> {
            if (thrown != null) {
                return Optional.of("the schema registry at " + address() + " does not answer");
            }
            int status = response.statusCode();
            return status == UNAUTHORIZED || status == FORBIDDEN || status >= SERVER_ERROR
                    ? Optional.of("the schema registry at " + address() + " answers " + status)
                    : Optional.empty();
        });
    }

    /** Returns the address without a user and password that it may contain. */
    private String address() {
        URI address = URI.create(url.orElseThrow());
        return address.getScheme() + "://" + address.getRawAuthority().replaceFirst("^.*@", "") + address.getRawPath();
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
