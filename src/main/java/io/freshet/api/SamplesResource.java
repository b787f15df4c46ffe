package io.freshet.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;

import io.freshet.codec.CsvEncoder;
import io.freshet.codec.RecordWriter;
import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.SynthesisModel;
import io.freshet.store.Models;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;

/** Rows drawn from a model, streamed: the client's reading sets the pace, and memory does not grow with their number. */
@Path("/api/v1/models/{name}/samples")
@Tag(name = "Samples")
@Blocking
@Produces({ "application/x-ndjson", "text/csv", MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE, MediaType.WILDCARD })
public class SamplesResource {

    private static final int ROWS_PER_CHUNK = 1024;
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Models models;
    private final ApiConfig config;

    public SamplesResource(Models models, ApiConfig config) {
        this.models = models;
        this.config = config;
    }

    /** What a POST may say. */
    @RegisterForReflection
    record SampleRequest(@Nullable Long count, @Nullable Long seed, @Nullable Long offset, @Nullable String format,
            @Nullable Boolean metadata, @Nullable Map<String, Object> conditions) {
    }

    @GET
    @Operation(summary = "Rows of a model", description = "The same seed and offset give the same bytes. format is ndjson, csv "
            + "or json.")
    public Response get(@PathParam("name") String name, @QueryParam("count") @DefaultValue("100") String count,
            @QueryParam("seed") @Nullable String seed, @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("format") @DefaultValue("ndjson") String format,
            @QueryParam("metadata") @DefaultValue("false") boolean metadata) {
        return stream(name, new SampleRequest(number("count", count), seed == null ? null : number("seed", seed),
                number("offset", offset), format, metadata, null));
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
    @Operation(summary = "Rows of a model that satisfy conditions")
    public Response post(@PathParam("name") String name, String body) {
        try {
            return stream(name, MAPPER.readValue(body.isBlank() ? "{}" : body, SampleRequest.class));
        } catch (PropertyBindingException e) {
            throw new ProblemException(Problem.of(422, String.valueOf(e.getPropertyName()),
                    "there is no field " + e.getPropertyName())
                    .allowing(java.util.List.of("count", "seed", "offset", "format", "metadata", "conditions")));
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    Problem.of(400, "body", "the body is no JSON object of this request: " + e.getOriginalMessage()));
        }
    }

    private Response stream(String name, SampleRequest request) {
        SynthesisModel model = ModelsResource.find(models, name).model();
        long count = orElse(request.count(), 100);
        long offset = orElse(request.offset(), 0);
        long most = config.maxRecordsPerHttpRequest();
        if (count < 0 || count > most) {
            throw new ProblemException(Problem.of(422, "count", "count must be 0 to " + most + ", not " + count));
        }
        if (offset < 0 || offset > Long.MAX_VALUE - count) {
            throw new ProblemException(Problem.of(422, "offset", "offset must be 0 or more, not " + offset));
        }
        String format = request.format() == null ? RecordWriter.NDJSON.id() : request.format();
        RecordWriter writer = RecordWriter.find(format).orElseThrow(() -> new ProblemException(
                Problem.of(422, "format", "there is no format " + format)
                        .allowing(Arrays.stream(RecordWriter.values()).map(RecordWriter::id).toList())));
        boolean chosen = request.seed() == null;
        long seed = chosen ? ThreadLocalRandom.current().nextLong() : orElse(request.seed(), 0);
        Conditions conditions = request.conditions() == null ? Conditions.none() : ConditionParser.parse(request.conditions());
        Samples samples = new Samples(model.generator(seed, conditions), writer, Boolean.TRUE.equals(request.metadata()),
                offset,
                count, ROWS_PER_CHUNK);
        Response.ResponseBuilder response = Response.ok(body(samples, writer, request), writer.mediaType());
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

    private static StreamingOutput body(Samples samples, RecordWriter writer, SampleRequest request) {
        return out -> {
            out.write(writer.begin().getBytes(StandardCharsets.US_ASCII));
            if (writer == RecordWriter.CSV) {
                out.write(CsvEncoder.header(samples.batch().schema(), Boolean.TRUE.equals(request.metadata())));
                out.write('\n');
            }
            while (samples.hasNext()) {
                samples.writeNext(out);
            }
            out.write(writer.end().getBytes(StandardCharsets.US_ASCII));
        };
    }
}
