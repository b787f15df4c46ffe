package io.freshet.api;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.ParquetRows;
import io.freshet.codec.TextCompression;
import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.SynthesisModel;
import io.freshet.store.Models;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;

/**
 * Streams rows that are drawn from a model. The client's reading sets the pace, and memory does not grow with the number of
 * rows.
 */
@Path("/api/v1/models/{name}/samples")
@Tag(name = "Samples")
@Blocking
@Produces({ "application/x-ndjson", "text/csv", MediaType.APPLICATION_JSON, ParquetRows.MEDIA_TYPE,
        Problem.MEDIA_TYPE, MediaType.WILDCARD })
public class SamplesResource {

    private static final int ROWS_PER_CHUNK = 1024;

    private final Models models;
    private final ApiConfig config;

    public SamplesResource(Models models, ApiConfig config) {
        this.models = models;
        this.config = config;
    }

    /** The body of a POST request. */
    @RegisterForReflection
    record SampleRequest(@Nullable Long count, @Nullable Long seed, @Nullable Long offset, @Nullable String format,
            @Nullable String compression, @Nullable Boolean metadata, @Nullable Map<String, Object> conditions) {
    }

    @GET
    @Operation(summary = "Generate rows of a model", description = "The same seed and offset return the same bytes. format is ndjson, "
            + "csv, json or parquet; compression, of Parquet only, is zstd, snappy, gzip, lz4 or none.")
    public Response get(@PathParam("name") String name, @QueryParam("count") @DefaultValue("100") String count,
            @QueryParam("seed") @Nullable String seed, @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("format") @DefaultValue("ndjson") String format,
            @QueryParam("compression") @Nullable String compression,
            @QueryParam("metadata") @DefaultValue("false") boolean metadata,
            @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String encodings) {
        return stream(name, encodings, new SampleRequest(number("count", count), seed == null ? null : number("seed", seed),
                number("offset", offset), format, compression, metadata, null));
    }

    private static long number(String field, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.of(422, field, field + " must be a whole number, not " + text));
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Generate rows of a model that satisfy conditions")
    public Response post(@PathParam("name") String name, @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String encodings,
            String body) {
        return stream(name, encodings, JsonBody.read(body, SampleRequest.class));
    }

    private Response stream(String name, @Nullable String encodings, SampleRequest request) {
        SynthesisModel model = ModelsResource.find(models, name).model();
        long count = orElse(request.count(), 100);
        long offset = orElse(request.offset(), 0);
        long max = config.maxRecordsPerHttpRequest();
        if (count < 0 || count > max) {
            throw new ProblemException(Problem.of(422, "count", "count must be 0 to " + max + ", not " + count));
        }
        if (offset < 0 || offset > Long.MAX_VALUE - count) {
            throw new ProblemException(Problem.of(422, "offset", "offset must be 0 or more, not " + offset));
        }
        SampleFormat format = SampleFormat.of(request.format(), request.compression());
        boolean chosen = request.seed() == null;
        long seed = chosen ? ThreadLocalRandom.current().nextLong() : orElse(request.seed(), 0);
        Conditions conditions = request.conditions() == null ? Conditions.none() : ConditionParser.parse(request.conditions());
        Samples samples = new Samples(model.generator(seed, conditions), format.writer(),
                Boolean.TRUE.equals(request.metadata()), offset, count, ROWS_PER_CHUNK);
        Optional<TextCompression> compression = format.compression(encodings, count);
        Response.ResponseBuilder response = Response.ok((StreamingOutput) out -> format.write(samples, compression, out),
                format.mediaType()).header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        compression.ifPresent(coding -> response.header(HttpHeaders.CONTENT_ENCODING, coding.contentEncoding()));
        if (chosen) {
            response.header("X-Freshet-Seed", seed);
        }
        if (!conditions.isEmpty()) {
            response.header("X-Freshet-Condition-Probability", model.probability(conditions));
        }
        return response.build();
    }

    private static long orElse(@Nullable Long value, long other) {
        return value == null ? other : value;
    }
}
