package io.freshet.api;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.freshet.database.DatabaseException;
import io.freshet.database.DatabaseTable;
import io.freshet.database.DatabaseTables;
import io.freshet.database.QueryRows;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.privacy.PrivacyOptions;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;

/** Fits models to tables of databases. */
@Path("/api/v1/models/{name}/fit-from-table")
@Tag(name = "Models")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class TableFitResource {

    private static final Logger LOG = Logger.getLogger(TableFitResource.class);
    private static final int UNAVAILABLE = 503;

    private final DatabaseTables tables;
    private final ModelAdmission admission;
    private final FitMemory memory;
    private final ModelFits fits;
    private final ModelReplacement replacement;
    private final PrivateFits privateFits;

    public TableFitResource(DatabaseTables tables, ModelAdmission admission, FitMemory memory, ModelFits fits,
            ModelReplacement replacement, PrivateFits privateFits) {
        this.tables = tables;
        this.admission = admission;
        this.memory = memory;
        this.fits = fits;
        this.replacement = replacement;
        this.privateFits = privateFits;
    }

    /**
     * The body of a request.
     *
     * @param table the name of the table in the configuration
     * @param method the method of the model; auto by default
     * @param types the types of columns, instead of the inferred ones
     * @param constraints what holds in every row
     * @param epsilon asks for a model with differential privacy; the fields after it need it
     */
    @RegisterForReflection
    public record Request(@Nullable String table, @Nullable String method, @Nullable Map<String, String> types,
            @Nullable List<String> constraints, @Nullable Double epsilon, @Nullable Double delta, @Nullable Double budget,
            @JsonProperty("noise_seed") @Nullable Long noiseSeed, @Nullable Map<String, String> ranges,
            @Nullable Map<String, List<String>> categories) {

        private Optional<PrivacyOptions> privacy() {
            return new PrivacyRequest(epsilon, delta, budget, noiseSeed, epsilon == null ? null : types, ranges, categories)
                    .options(method);
        }

        /** Returns the request as the query parameters of a fit. */
        private Map<String, List<String>> query(boolean force) {
            Map<String, List<String>> query = new HashMap<>();
            query.put("method", List.of(Objects.requireNonNullElse(method, SynthesisMethod.AUTO.id())));
            query.put("constraint", Objects.requireNonNullElse(constraints, List.of()));
            query.put(FitParameters.FORCE, List.of(String.valueOf(force)));
            Objects.requireNonNullElse(types, Map.<String, String> of())
                    .forEach((column, type) -> query.put(FitParameters.TYPE + '.' + column, List.of(type)));
            return query;
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Fit a model to a table of a database", description = "Reads the rows of the query of a table that is "
            + "configured as freshet.tables.NAME.jdbc, through a cursor, and then fits the model. With epsilon the model is "
            + "private: delta, budget, noise_seed, ranges and categories mean what they mean when a model is fitted to a file.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Request.class)))
    @APIResponse(responseCode = "201", description = "The model is new")
    @APIResponse(responseCode = "200", description = "The model replaced one of this name")
    @APIResponse(responseCode = "409", description = "Running streams could not use the model; force=true replaces it anyway")
    @APIResponse(responseCode = "422", description = "The table is not configured, or its rows are not a valid table")
    @APIResponse(responseCode = "503", description = "The database cannot be reached, or rejects the query")
    public Response fit(@PathParam("name") String name, @QueryParam("force") @DefaultValue("false") boolean force,
            @Nullable String body) throws IOException {
        admission.check(name);
        Request request = JsonBody.read(body, Request.class);
        DatabaseTable table = table(request);
        FitParameters parameters = FitParameters.of(request.query(force));
        Optional<PrivacyOptions> noisy = request.privacy();
        if (noisy.isPresent()) {
            return fitPrivately(name, table, parameters, noisy.get());
        }
        privateFits.requireUnbound(name);
        ReadOptions reading = memory
                .bounded(ReadOptions.defaults().withOverrides(Objects.requireNonNullElse(request.types(), Map.of())));
        long startedAt = System.nanoTime();
        try (FitMemory.Turn turn = memory.begin()) {
            return replacement.response(fits.fit(name, read(table, reading), parameters, startedAt, progress -> {
            }));
        }
    }

    private Response fitPrivately(String name, DatabaseTable table, FitParameters parameters, PrivacyOptions options)
            throws IOException {
        parameters.requireFree();
        try (FitMemory.Turn turn = memory.begin()) {
            TableSample sample = read(table, memory.bounded(ReadOptions.defaults().asTexts()));
            return replacement.response(privateFits.fit(name, sample, options, parameters.requested(),
                    model -> replacement.requireFit(name, model, parameters.isForced())));
        }
    }

    private DatabaseTable table(Request request) {
        if (request.table() == null || request.table().isBlank()) {
            throw new ProblemException(Problem.of(422, "table", "table is missing"));
        }
        try {
            return tables.get(request.table());
        } catch (DatabaseException e) {
            throw new ProblemException(
                    Problem.of(422, "table", String.valueOf(e.getMessage())).allowing(tables.names()));
        }
    }

    private static TableSample read(DatabaseTable table, ReadOptions options) throws IOException {
        try {
            return TableReader.read(new QueryRows(table), QueryRows.INPUT, options);
        } catch (DatabaseException e) {
            LOG.warnf("Table of a database could not be read: table=%s reason=%s", table.name(), e.getMessage());
            throw new ProblemException(Problem.of(UNAVAILABLE, "table", String.valueOf(e.getMessage())));
        }
    }
}
