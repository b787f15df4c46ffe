package io.freshet.api;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.freshet.model.SynthesisMethod;
import io.freshet.model.privacy.PrivacyOptions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;

/** Fits models to Kafka topics. */
@Path("/api/v1/models/{name}/fit-from-topic")
@Tag(name = "Models")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class TopicFitResource {

    private static final double MAX_SECONDS = 86_400;
    private static final List<String> FROM = List.of("beginning", "now");
    private static final List<String> FORMATS = List.of("json", "avro");

    private final TopicFits fits;
    private final ModelAdmission admission;
    private final PrivateFits privateFits;

    public TopicFitResource(TopicFits fits, ModelAdmission admission, PrivateFits privateFits) {
        this.fits = fits;
        this.admission = admission;
        this.privateFits = privateFits;
    }

    /**
     * The body of a request.
     *
     * @param timeout in seconds; the default is 30
     * @param limit in records; the default is 10,000
     * @param from beginning (the default) or now
     * @param format json (the default) or avro
     * @param method the method of the model
     * @param epsilon asks for a model with differential privacy; the fields after it need it
     */
    @RegisterForReflection
    public record Request(@Nullable String topic, @JsonAlias("timeout_seconds") @Nullable Double timeout, @Nullable Long limit,
            @Nullable String from, @Nullable String format, @Nullable String method, @Nullable Double epsilon,
            @Nullable Double delta, @Nullable Double budget, @JsonProperty("noise_seed") @Nullable Long noiseSeed,
            @Nullable Map<String, String> types, @Nullable Map<String, String> ranges,
            @Nullable Map<String, List<String>> categories) {

        private Optional<PrivacyOptions> privacy() {
            if (epsilon == null) {
                PrivacyParameters.requireNone("types", types != null);
            }
            return new PrivacyRequest(epsilon, delta, budget, noiseSeed, types, ranges, categories).options(method);
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Fit a model to a Kafka topic", description = "Reads until the limit of records or the "
            + "timeout (in seconds) is reached, and then fits the model. Returns at once; GET returns the progress. With "
            + "epsilon the model is private: delta, budget, noise_seed, types, ranges and categories mean what they mean when a "
            + "model is fitted to a file.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Request.class)))
    public Response fit(@PathParam("name") String name, @Nullable String body) {
        admission.check(name);
        Request request = JsonBody.read(body, Request.class);
        if (request.topic() == null || request.topic().isBlank()) {
            throw refused("topic", "topic is missing");
        }
        Optional<PrivacyOptions> noisy = request.privacy();
        if (noisy.isEmpty()) {
            privateFits.requireUnbound(name);
        }
        if (!fits.hasKafka()) {
            throw refused("topic", "Kafka is not configured; set KAFKA_BOOTSTRAP_SERVERS");
        }
        TopicFits.Wanted wanted = wanted(request, request.topic(), noisy);
        fits.problem(request.topic()).ifPresent(problem -> {
            throw refused("topic", problem);
        });
        if (!fits.begin(name, wanted)) {
            throw new ProblemException(Problem.of(409, "name", "the model " + name + " is already being fitted to a topic"));
        }
        return Response.accepted(get(name)).location(URI.create("/api/v1/models/" + name + "/fit-from-topic")).build();
    }

    private TopicFits.Wanted wanted(Request request, String topic, Optional<PrivacyOptions> noisy) {
        double seconds = request.timeout() == null ? 30 : request.timeout();
        if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
            throw refused("timeout", "timeout must be a number of seconds greater than 0 and at most " + (int) MAX_SECONDS);
        }
        long limit = request.limit() == null ? 10_000 : request.limit();
        if (limit < 1) {
            throw refused("limit", "limit must be at least 1");
        }
        String from = oneOf("from", request.from(), FROM);
        String format = oneOf("format", request.format(), FORMATS);
        if (format.equals("avro") && !fits.hasRegistry()) {
            throw refused("format", "avro needs a schema registry; set freshet.schema-registry.url");
        }
        String method = noisy.isPresent() ? SynthesisMethod.MST.id()
                : oneOf("method", request.method(),
                        SynthesisMethod.withoutEpsilon().stream().map(SynthesisMethod::id).toList());
        return new TopicFits.Wanted(topic, Duration.ofMillis((long) (seconds * 1000)), limit, from.equals("beginning"),
                format.equals("avro"), SynthesisMethod.find(method).orElseThrow(), noisy);
    }

    private static String oneOf(String field, @Nullable String value, List<String> known) {
        String chosen = value == null ? known.get(0) : value;
        if (!known.contains(chosen)) {
            throw new ProblemException(Problem.of(422, field, field + " cannot be " + chosen).allowing(known));
        }
        return chosen;
    }

    private static ProblemException refused(String field, String detail) {
        return new ProblemException(Problem.of(422, field, detail));
    }

    @GET
    @Operation(summary = "Return the progress of fitting a model to a topic")
    public TopicFits.Progress get(@PathParam("name") String name) {
        return fits.progress(name).orElseThrow(() -> new ProblemException(
                Problem.of(404, "name",
                        "the model " + name + " has not been fitted to a topic since the service was started")));
    }
}
