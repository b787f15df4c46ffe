package io.freshet.kafka;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.freshet.codec.BinaryFormat;
import io.freshet.security.OutboundClients;

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

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int SERVER_ERROR = 500;
    private static final String NO_REASON = "no reason given";

    /** A schema under a subject. */
    private record Registration(String subject, String schema) {
    }

    private final Optional<String> url;
    private final Optional<String> credentials;
    private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, String> schemas = new ConcurrentHashMap<>();
    private @Nullable SchemaRegistryApi api;

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
        SchemaRegistryApi.Schema body = new SchemaRegistryApi.Schema(schema,
                format == BinaryFormat.AVRO ? null : format.registryType());
        int id = ask(api -> api.register(subject, body), subject).id();
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
            known = text(ask(api -> api.schema(id), "id " + id));
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
        SchemaRegistryApi.Schema answer = ask(api -> api.schema(subject, version), subject);
        return new SubjectSchema(Objects.requireNonNullElse(answer.schemaType(), BinaryFormat.AVRO.registryType()),
                text(answer));
    }

    private static String text(SchemaRegistryApi.Schema answer) {
        return Objects.requireNonNullElse(answer.schema(), "");
    }

    private <T> T ask(Function<SchemaRegistryApi, T> request, String subject) throws IOException {
        T answer;
        try {
            answer = request.apply(api());
        } catch (WebApplicationException | ProcessingException e) {
            throw failure(e, subject);
        }
        if (answer == null) {
            throw unreadable(subject, null);
        }
        return answer;
    }

    private IOException failure(RuntimeException thrown, String subject) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        if (cause instanceof JsonProcessingException) {
            return unreadable(subject, cause);
        }
        return thrown instanceof WebApplicationException answered ? failure(answered.getResponse(), subject) : noAnswer(cause);
    }

    private IOException unreadable(String subject, @Nullable Throwable cause) {
        return new IOException(
                "the schema registry at " + address() + " gives an unreadable answer to the schema of " + subject,
                cause);
    }

    private IOException failure(Response response, String subject) {
        int status = response.getStatus();
        if (status == CONFLICT || status == UNPROCESSABLE || status == NOT_FOUND) {
            throw new RefusedException(address(), subject, reason(response));
        }
        return new IOException("the schema registry at " + address() + " answers " + status + " to the schema of " + subject);
    }

    private IOException noAnswer(Throwable cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new IOException("interrupted", cause);
        }
        // some exceptions have no message
        return new IOException("the schema registry at " + address() + " does not answer: " + cause, cause);
    }

    /**
     * Returns the problem with the registry, or empty if it answers. The stage completes within a few seconds and never fails.
     * A registry that lacks this endpoint still answers.
     */
    public CompletionStage<Optional<String>> problem() {
        return api().types().replaceWith(Optional.<String> empty()).ifNoItem().after(PROBE).fail()
                .onFailure().recoverWithItem(this::problemOf).subscribeAsCompletionStage();
    }

    private Optional<String> problemOf(Throwable thrown) {
        if (!(thrown instanceof WebApplicationException answered)) {
            return Optional.of("the schema registry at " + address() + " does not answer");
        }
        int status = answered.getResponse().getStatus();
        return status == UNAUTHORIZED || status == FORBIDDEN || status >= SERVER_ERROR
                ? Optional.of("the schema registry at " + address() + " answers " + status)
                : Optional.empty();
    }

    /** Returns the address without a user and password that it may contain. */
    private String address() {
        URI address = URI.create(url.orElseThrow());
        return address.getScheme() + "://" + address.getRawAuthority().replaceFirst("^.*@", "") + address.getRawPath();
    }

    private static String reason(Response response) {
        try {
            return Optional.ofNullable(response.readEntity(SchemaRegistryApi.Problem.class))
                    .map(SchemaRegistryApi.Problem::message).orElse(NO_REASON);
        } catch (ProcessingException | WebApplicationException e) {
            return NO_REASON;
        }
    }

    private synchronized SchemaRegistryApi api() {
        SchemaRegistryApi open = api;
        if (open == null) {
            open = OutboundClients.create(SchemaRegistryApi.class, URI.create(url.orElseThrow()), PATIENCE,
                    credentials.map(text -> Map.of(HttpHeaders.AUTHORIZATION, basic(text))).orElse(Map.of()));
            api = open;
        }
        return open;
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
