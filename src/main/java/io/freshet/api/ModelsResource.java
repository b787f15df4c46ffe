package io.freshet.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

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

import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.codec.ParquetRows;
import io.freshet.model.Influence;
import io.freshet.model.ModelOrigin;
import io.freshet.model.RequestedFit;
import io.freshet.model.VersionEntry;
import io.freshet.model.VersionEntry.Cause;
import io.freshet.model.declared.SchemaFormat;
import io.freshet.model.file.ModelFile;
import io.freshet.model.privacy.PrivacyOptions;
import io.freshet.store.FitStates;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.freshet.stream.cluster.ModelUsers;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.smallrye.common.annotation.Blocking;

/** Fits, lists, exports and deletes models. */
@Path("/api/v1/models")
@Tag(name = "Models")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class ModelsResource {

    private static final String FORCE = FitParameters.FORCE;
    /** A table that is kept until its fit ends must not fill the store. */
    private static final long MAX_BACKGROUND_BYTES = 512L << 20;

    private final Models models;
    private final ModelAdmission admission;
    private final FitMemory memory;
    private final ModelReplacement replacement;
    private final ModelUsers users;
    private final PrivateFits privateFits;
    private final ModelFits fits;
    private final ModelDeclarations declarations;
    private final ObjectMapper mapper;

    public ModelsResource(Models models, ModelAdmission admission, FitMemory memory, ModelReplacement replacement,
            ModelUsers users, PrivateFits privateFits, ModelFits fits, ModelDeclarations declarations, ObjectMapper mapper) {
        this.fits = fits;
        this.mapper = mapper;
        this.models = models;
        this.memory = memory;
        this.replacement = replacement;
        this.admission = admission;
        this.users = users;
        this.privateFits = privateFits;
        this.declarations = declarations;
    }

    @PUT
    @Path("/{name}")
    @Consumes({ "text/csv", "application/x-ndjson", "application/json", ParquetRows.MEDIA_TYPE, TableFormat.EXCEL_TYPE })
    @Operation(summary = "Fit a model to a table and keep it", description = "method=auto, the default, takes trees or "
            + "gaussian_copula, whichever describes held-out rows of the table better, and says so in the notices; the model has the "
            + "method that was chosen. The query parameter type.COLUMN=TYPE overrides the inferred type of a column, "
            + "format.COLUMN=PATTERN (such as dd.MM.uuuu HH:mm) says how it writes dates; meaning.COLUMN=MEANING "
            + "(such as email or none) what its texts mean; missing=A,B,C replaces the texts that say "
            + "a value is missing; continue=true numbers identifiers that are a sequence on from the last one of the table; strata=none keeps all rows under "
            + "one dependence; constraint=… (as often as needed) names what holds in every row: \"a <= b\", \"a < b\", \"a + b = c\", "
            + "\"a >= 0\", \"a > 0\", \"unique a\". Relations between columns are found in the table and listed with the model; "
            + "-relation=… leaves one out, relations=none all, and relation=… demands one. How a table is read is found out, and said in "
            + "the notices of the answer; separator, header, quote, escape, comment, skip (lines), decimal and charset override it. "
            + "columns=A,B,C reads only these of a Parquet file, sheet=NAME another sheet than the first of an Excel workbook. "
            + "epsilon fits a model with differential privacy (method mst): delta "
            + "is 1/rows² by default, budget limits what all fits of the name may add up to, range.COLUMN=LOW..HIGH and "
            + "categories.COLUMN=A,B,C declare what need not be bought; privacy in the answer is the ledger. "
            + "method=ctgan trains for as long as epochs, or max_seconds, say; progress=true answers with a line of NDJSON for "
            + "each epoch, and background=true at once.")
    @APIResponse(responseCode = "201", description = "The model is new")
    @APIResponse(responseCode = "200", description = "The model replaced one of this name; streams lists which running "
            + "streams switch to it, and from which record on, and which keep their version because they are pinned")
    @APIResponse(responseCode = "409", description = "Running streams could not use the model (force=true replaces it anyway), or the "
            + "fits of a private model would exceed its budget")
    @APIResponse(responseCode = "422", description = "The body is not a valid table")
    @APIResponse(responseCode = "202", description = "background=true: the fit has begun; GET …/fit shows its progress")
    @ParameterFamily({ "type", "format", "meaning", "range", "categories" })
    public Response fit(@PathParam("name") String name, @BeanParam FitParameters given, @BeanParam TrainingParameters training,
            @BeanParam ReadingParameters reading, @BeanParam PrivacyParameters privacy,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, UriInfo uri, InputStream body) throws IOException {
        admission.check(name);
        FitParameters parameters = given.with(reading, uri.getQueryParameters());
        Optional<PrivacyOptions> noisy = privacy.options(parameters.families());
        if (noisy.isPresent()) {
            return fitPrivately(name, parameters, noisy.get(), contentType, body);
        }
        privateFits.requireUnbound(name);
        if (parameters.isInBackground()) {
            return inBackground(name, parameters, contentType, body);
        }
        long startedAt = System.nanoTime();
        FitMemory.Turn turn = memory.begin();
        boolean streaming = false;
        try {
            TableSample sample = fits.read(body, contentType, parameters);
            if (parameters.isProgressWanted()) {
                streaming = true;
                return streamed(name, sample, parameters, startedAt, turn);
            }
            return replacement.response(fits.fit(name, sample, parameters, startedAt, progress -> {
            }));
        } finally {
            if (!streaming) {
                turn.close();
            }
        }
    }

    private Response fitPrivately(String name, FitParameters parameters, PrivacyOptions options, String contentType,
            InputStream body) throws IOException {
        parameters.requireFree();
        TableBody table = TableBody.of(contentType);
        try (FitMemory.Turn turn = memory.begin()) {
            TableSample sample = TableReader.read(body, table.format(), memory.bounded(parameters.textOptions(table)));
            return replacement.response(privateFits.fit(name, sample, options, parameters.requested(),
                    model -> replacement.requireFit(name, model, parameters.isForced())));
        }
    }

    private Response streamed(String name, TableSample sample, FitParameters parameters, long startedAt, FitMemory.Turn turn) {
        StreamingOutput output = out -> {
            try (turn) {
                new FitAnswer(mapper).write(out, follower -> fits.fit(name, sample, parameters, startedAt, follower),
                        ModelView::of);
            }
        };
        return Response.ok(output, FitAnswer.MEDIA_TYPE).build();
    }

    private Response inBackground(String name, FitParameters parameters, String contentType, InputStream body)
            throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (FitMemory.Turn turn = memory.begin(); OutputStream compressed = new GZIPOutputStream(copy)) {
            fits.read(new CopiedInput(body, compressed, MAX_BACKGROUND_BYTES), contentType, parameters);
        }
        fits.begin(name, new FitStates.Request(contentType, parameters.query(), copy.toByteArray()));
        return Response.accepted(fits.find(name).orElseThrow()).location(URI.create("/api/v1/models/" + name + "/fit")).build();
    }

    @PUT
    @Path("/{name}")
    @Consumes({ "application/yaml", "application/schema+json", "application/vnd.apache.avro+json", "avro/json",
            "application/x-protobuf", "text/x-protobuf" })
    @Operation(summary = "Declare a model without data", description = "The body is a declaration in YAML (columns with their "
            + "distributions), or a JSON, Avro or Protocol Buffers schema, whose fields get values by their types, formats and names. "
            + "Fields of an Avro schema may have the arg.properties of kafka-connect-datagen. The notices of the answer say which "
            + "parts of a schema have no effect.")
    @APIResponse(responseCode = "201", description = "The model is new")
    @APIResponse(responseCode = "200", description = "The model replaced one of this name")
    @APIResponse(responseCode = "422", description = "The body is not a valid declaration or schema; the detail names the field")
    public Response declare(@PathParam("name") String name, @QueryParam(FORCE) @DefaultValue("false") boolean force,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, String body) {
        admission.check(name);
        return declarations.declare(name, SchemaFormat.ofMediaType(contentType).orElse(SchemaFormat.YAML), body, force);
    }

    @POST
    @Path("/{name}/partial-fit")
    @Consumes({ "text/csv", "application/x-ndjson", "application/json", ParquetRows.MEDIA_TYPE, TableFormat.EXCEL_TYPE })
    @Operation(summary = "Teach a model more rows", description = "The new version is the model of the mixture (1 − weight) · old + "
            + "weight · new; or, with window_rows=N, the model of the last N rows, or with window=PT10M, of the rows of the last ten "
            + "minutes, including what the model knew before. Streams of the model switch to it at their next batch.")
    @APIResponse(responseCode = "200", description = "The new version, with the drift of each column")
    @APIResponse(responseCode = "422", description = "The rows do not fit the columns of the model")
    public ModelView partialFit(@PathParam("name") String name, @BeanParam InfluenceParameters parameters,
            @BeanParam ReadingParameters reading, @BeanParam PrivacyParameters privacy,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body) throws IOException {
        Influence influence = parameters.influence();
        Optional<PrivacyOptions> noisy = privacy.options(Map.of());
        PrivateFits.check(find(models, name).model(), influence, noisy);
        TableBody table = TableBody.of(contentType);
        try (FitMemory.Turn turn = memory.begin()) {
            TableSample rows = RealRows.toLearn(body, table.format(), find(models, name).model(),
                    memory.bounded(reading.options(table.options(ReadOptions.defaults()))));
            return models.update(name, Cause.PARTIAL_FIT,
                    before -> privateFits.learn(before, rows, influence, noisy))
                    .map(ModelView::of).orElseThrow(() -> notFound(models, name));
        }
    }

    @GET
    @Operation(summary = "List all models")
    public List<ModelView> list() {
        return models.list().stream().map(ModelView::listed).toList();
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "Return a model", description = "requested holds the query parameters of its last fit, with which the fit "
            + "can be repeated.")
    @APIResponse(responseCode = "404", description = "The model does not exist")
    public ModelView get(@PathParam("name") String name) {
        return ModelView.of(find(models, name));
    }

    @GET
    @Path("/{name}/versions")
    @Operation(summary = "Return how the versions of a model came about", description = "Newest first, the last 100: cause (fit, "
            + "partial_fit, twin, import or declaration), the rows that the version learned, and for versions that learned from the "
            + "previous one the drift: its mean over the columns, and the column that moved furthest. Of a model that an earlier "
            + "release stored, only the current version is known, without its cause.")
    @APIResponse(responseCode = "404", description = "The model does not exist")
    public List<VersionEntry> versions(@PathParam("name") String name) {
        List<VersionEntry> newestFirst = new ArrayList<>(find(models, name).history().entries());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    @GET
    @Path("/{name}/file")
    @Operation(summary = "Export a model as a file", description = "With learning=true the file also contains the state of incremental "
            + "learning, with which the model continues to learn exactly as here; otherwise only what describes its rows.")
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
    @Operation(summary = "Import a model that was exported as a file")
    @APIResponse(responseCode = "409", description = "Running streams could not use the model; force=true replaces it anyway")
    public Response importFile(@PathParam("name") String name, @QueryParam(FORCE) @DefaultValue("false") boolean force,
            InputStream body) throws IOException {
        admission.check(name);
        privateFits.requireUnbound(name);
        ModelFile.Contents contents = ModelFile.readContents(body);
        replacement.requireFit(name, contents.model(), force);
        return replacement.response(models.put(name, contents.model(),
                new Models.Creation(Duration.ZERO, contents.origin().map(ModelOrigin::notices).orElse(List.of()), Cause.IMPORT,
                        contents.origin().map(ModelOrigin::requested).orElse(RequestedFit.DEFAULTS))));
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Delete a model")
    @APIResponse(responseCode = "409", description = "Streams use the model; force=true deletes it anyway")
    public void delete(@PathParam("name") String name, @QueryParam(FORCE) @DefaultValue("false") boolean force) {
        ModelReplacement.refuse(force ? List.of() : users.of(name),
                "use the model " + name + "; they could not be restored without it");
        if (!models.delete(name)) {
            throw notFound(models, name);
        }
    }

    static StoredModel find(Models models, String name) {
        return models.find(name).orElseThrow(() -> notFound(models, name));
    }

    private static ProblemException notFound(Models models, String name) {
        return new ProblemException(Problem.of(404, "name", "unknown model " + name)
                .allowing(models.list().stream().map(StoredModel::name).toList()));
    }
}
