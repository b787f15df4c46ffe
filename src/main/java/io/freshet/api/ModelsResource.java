package io.freshet.api;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.freshet.model.Constraint;
import io.freshet.model.ConstraintException;
import io.freshet.model.FitOptions;
import io.freshet.model.Influence;
import io.freshet.model.ModelFile;
import io.freshet.model.ModelFitter;
import io.freshet.model.OnlineLearning;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.smallrye.common.annotation.Blocking;

/** Models: fitted, listed, exported, deleted. */
@Path("/api/v1/models")
@Tag(name = "Models")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class ModelsResource {

    private static final String TYPE_PREFIX = "type.";
    private static final String STRATA_FOUND = "auto";
    private static final List<String> STRATA = List.of(STRATA_FOUND, "none");

    private final Models models;
    private final ModelAdmission admission;

    public ModelsResource(Models models, ModelAdmission admission) {
        this.models = models;
        this.admission = admission;
    }

    @PUT
    @Path("/{name}")
    @Consumes({ "text/csv", "application/x-ndjson", "application/json" })
    @Operation(summary = "Fit a model to a table and keep it", description = "The query parameter type.COLUMN=TYPE overrides the "
            + "inferred type of a column; missing=A,B,C replaces the texts that say a value is missing; strata=none keeps all rows under "
            + "one dependence; constraint=… (as often as needed) names what holds in every row: \"a <= b\", \"a < b\", \"a + b = c\", "
            + "\"a >= 0\", \"a > 0\", \"unique a\".")
    @APIResponse(responseCode = "201", description = "The model is new")
    @APIResponse(responseCode = "200", description = "The model replaced one of this name")
    @APIResponse(responseCode = "422", description = "The body is no table")
    public Response fit(@PathParam("name") String name, @QueryParam("method") @DefaultValue("gaussian_copula") String method,
            @QueryParam("missing") @Nullable String missing, @QueryParam("constraint") List<String> constraints,
            @QueryParam("strata") @DefaultValue(STRATA_FOUND) String strata,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, UriInfo uri, InputStream body) throws IOException {
        admission.check(name);
        if (!STRATA.contains(strata)) {
            throw new ProblemException(Problem.of(422, "strata", "strata cannot be " + strata).allowing(STRATA));
        }
        SynthesisMethod known = SynthesisMethod.find(method).orElseThrow(() -> new ProblemException(
                Problem.of(422, "method", "there is no method " + method + "; there are " + SynthesisMethod.ids())
                        .allowing(Arrays.stream(SynthesisMethod.values()).map(SynthesisMethod::id).toList())));
        TableFormat format = TableFormat.ofMediaType(contentType).orElse(TableFormat.JSON);
        long begun = System.nanoTime();
        SynthesisModel model = fit(TableReader.read(body, format, options(missing, uri)), known, strata, constraints);
        StoredModel stored = models.put(name, model, Duration.ofNanos(System.nanoTime() - begun));
        return Response.status(stored.version() == 1 ? 201 : 200).entity(ModelView.of(stored)).build();
    }

    private static SynthesisModel fit(TableSample table, SynthesisMethod method, String strata, List<String> constraints) {
        try {
            return ModelFitter.fit(table, method,
                    new FitOptions(strata.equals(STRATA_FOUND), constraints.stream().map(Constraint::parse).toList()));
        } catch (ConstraintException e) {
            throw new ProblemException(Problem.of(422, "constraint", String.valueOf(e.getMessage())));
        }
    }

    private static ReadOptions options(@Nullable String missing, UriInfo uri) {
        Map<String, String> types = new HashMap<>();
        uri.getQueryParameters().forEach((key, values) -> {
            if (key.startsWith(TYPE_PREFIX)) {
                types.put(key.substring(TYPE_PREFIX.length()), values.get(0));
            }
        });
        ReadOptions options = ReadOptions.defaults().withOverrides(types);
        if (missing == null) {
            return options;
        }
        Set<String> markers = new HashSet<>(List.of(missing.split(",", -1)));
        markers.add("");
        return options.withMissingMarkers(markers);
    }

    @POST
    @Path("/{name}/partial-fit")
    @Consumes({ "text/csv", "application/x-ndjson", "application/json" })
    @Operation(summary = "Teach a model more rows", description = "The new version is the model of the mixture (1 − weight) · old + "
            + "weight · new; or, with window_rows=N, that of the last N rows, or with window=PT10M, of the rows of the last ten "
            + "minutes, what the model knew before among them. Streams of the model go over to it at their next batch.")
    @APIResponse(responseCode = "200", description = "The new version, with the drift of each column")
    @APIResponse(responseCode = "422", description = "The rows do not fit the columns of the model")
    public ModelView partialFit(@PathParam("name") String name, @BeanParam InfluenceParameters parameters,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body) throws IOException {
        Influence influence = parameters.influence();
        TableFormat format = TableFormat.ofMediaType(contentType).orElse(TableFormat.JSON);
        TableSample rows = RealRows.toLearn(body, format, find(models, name).model());
        return models.update(name,
                before -> OnlineLearning.learn(before.model(), rows, influence, before.fittedAt(), Instant.now()))
                .map(ModelView::of).orElseThrow(() -> notFound(models, name));
    }

    @GET
    @Operation(summary = "All models")
    public List<ModelView> list() {
        return models.list().stream().map(ModelView::of).toList();
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "One model")
    @APIResponse(responseCode = "404", description = "There is no such model")
    public ModelView get(@PathParam("name") String name) {
        return ModelView.of(find(models, name));
    }

    @GET
    @Path("/{name}/file")
    @Operation(summary = "The model as a file", description = "With learning=true it also holds what the model has learned bit by "
            + "bit, by which it goes on learning as exactly as here; else only what describes its rows.")
    public Response file(@PathParam("name") String name, @QueryParam("learning") @DefaultValue("false") boolean learning) {
        StoredModel stored = find(models, name);
        StreamingOutput output = out -> ModelFile.write(
                new ModelFile.Contents(stored.model(), learning ? Optional.of(stored.origin()) : Optional.empty()), out);
        return Response.ok(output, MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".json\"").build();
    }

    @PUT
    @Path("/{name}/file")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Keep a model that was exported as a file")
    public Response importFile(@PathParam("name") String name, InputStream body) throws IOException {
        admission.check(name);
        StoredModel stored = models.put(name, ModelFile.read(body), Duration.ZERO);
        return Response.status(stored.version() == 1 ? 201 : 200).entity(ModelView.of(stored)).build();
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Forget a model")
    public void delete(@PathParam("name") String name) {
        if (!models.delete(name)) {
            throw notFound(models, name);
        }
    }

    static StoredModel find(Models models, String name) {
        return models.find(name).orElseThrow(() -> notFound(models, name));
    }

    private static ProblemException notFound(Models models, String name) {
        return new ProblemException(Problem.of(404, "name", "there is no model " + name)
                .allowing(models.list().stream().map(StoredModel::name).toList()));
    }
}
