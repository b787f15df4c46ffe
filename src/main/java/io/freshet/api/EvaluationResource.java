package io.freshet.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.ParquetRows;
import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.TargetColumn;
import io.freshet.score.Evaluation;
import io.freshet.score.QualityReport;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TableFormat;
import io.smallrye.common.annotation.Blocking;

/** Scores how faithful and private the rows of a model are, compared with real rows that it has not seen. */
@Path("/api/v1/models/{name}/evaluate")
@Tag(name = "Models")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, MediaType.TEXT_HTML, Problem.MEDIA_TYPE })
public class EvaluationResource {

    private static final int MAX_ROWS = 1_000_000;
    private static final int ROWS_BY_DEFAULT = 100_000;

    private final Models models;
    private final FitMemory memory;

    public EvaluationResource(Models models, FitMemory memory) {
        this.models = models;
        this.memory = memory;
    }

    /** What is asked for beside the tables. */
    private record Request(StoredModel model, @Nullable String rows, long seed, Optional<String> target, boolean page) {
    }

    @POST
    @Consumes({ "text/csv", "application/x-ndjson", "application/json", ParquetRows.MEDIA_TYPE, TableFormat.EXCEL_TYPE })
    @Operation(summary = "Score a model against a hold-out", description = "The body holds real rows that the model has not "
            + "seen. rows says how many synthetic rows are drawn: as many as there are real ones without it. target names a column "
            + "that is predicted from the others, to find out how useful drawn rows are. Accept: text/html asks for a page with "
            + "the distributions.")
    public Response evaluate(@PathParam("name") String name, @QueryParam("rows") @Nullable String rows,
            @QueryParam("seed") @DefaultValue("1") String seed, @QueryParam("target") @Nullable String target,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
            InputStream body) throws IOException {
        Request request = request(name, rows, seed, target, accept);
        TableBody table = TableBody.of(contentType);
        try (FitMemory.Turn turn = memory.begin()) {
            RowBatch holdOut = RealRows.toCompare(body, table.format(), request.model().model(),
                    memory.bounded(table.options(ReadOptions.defaults()))).rows();
            return answer(request, holdOut, Optional.empty());
        }
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Score a model against a hold-out and what it was fitted to", description = "Two files: holdout, and "
            + "training, the rows that the model was fitted to; with it, it is known whether rows were learned by heart, and ceilings "
            + "are those of the training rows.")
    public Response evaluate(@PathParam("name") String name, @QueryParam("rows") @Nullable String rows,
            @QueryParam("seed") @DefaultValue("1") String seed, @QueryParam("target") @Nullable String target,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept, @RestForm("holdout") @Nullable FileUpload holdOut,
            @RestForm("training") @Nullable FileUpload training)
            throws IOException {
        Request request = request(name, rows, seed, target, accept);
        if (holdOut == null) {
            throw new ProblemException(Problem.of(422, "holdout", "the form needs a file named holdout"));
        }
        try (FitMemory.Turn turn = memory.begin()) {
            Optional<RowBatch> learned = training == null ? Optional.empty()
                    : Optional.of(read("training", training, request.model().model()));
            return answer(request, read("holdout", holdOut, request.model().model()), learned);
        }
    }

    private Request request(String name, @Nullable String rows, String seed, @Nullable String target,
            @Nullable String accept) {
        try {
            StoredModel model = ModelsResource.find(models, name);
            return new Request(model, rows, Long.parseLong(seed), predicted(model, target),
                    accept != null && accept.contains(MediaType.TEXT_HTML));
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.of(422, "seed", "seed must be a whole number, not " + seed));
        }
    }

    private static Optional<String> predicted(StoredModel model, @Nullable String target) {
        Schema schema = model.model().schema();
        List<String> allowed = TargetColumn.allowed(schema);
        if (target == null) {
            // the column that mattered when the model was fitted matters now
            return model.requested().parameters().getOrDefault(FitParameters.TARGET, List.of()).stream()
                    .filter(known -> allowed.contains(known) && allowed.size() > 1).findFirst();
        }
        if (!allowed.contains(target) || allowed.size() < 2) {
            throw new ProblemException(
                    Problem.of(422, FitParameters.TARGET, TargetColumn.problem(schema, target)).allowing(allowed));
        }
        return Optional.of(target);
    }

    private RowBatch read(String part, FileUpload file, SynthesisModel model) throws IOException {
        TableFormat format = TableFormat.ofMediaType(String.valueOf(file.contentType()))
                .or(() -> TableFormat.ofFileName(file.fileName()))
                .orElseThrow(
                        () -> new ProblemException(
                                Problem.of(422, part, "neither the media type nor the extension of the file " + part
                                        + " denotes a format; expected .csv, .ndjson or .json")));
        try (InputStream in = Files.newInputStream(file.uploadedFile())) {
            return RealRows.toCompare(in, format, model, memory.bounded(ReadOptions.defaults())).rows();
        }
    }

    private static Response answer(Request request, RowBatch holdOut, Optional<RowBatch> learned) {
        SynthesisModel model = request.model().model();
        RowGenerator generator = model.generator(request.seed(), Conditions.none());
        int rows = rows(request.rows(), holdOut.size());
        RowBatch synthetic = generator.newBatch(rows);
        generator.fill(synthetic, 0, rows);
        QualityReport report = Evaluation.compare(holdOut, synthetic, learned, request.target(), request.seed());
        return request.page()
                ? Response.ok(QualityPage.of(request.model(), report), MediaType.TEXT_HTML + ";charset=UTF-8").build()
                : Response.ok(QualityJson.of(request.model(), report), MediaType.APPLICATION_JSON).build();
    }

    private static int rows(@Nullable String wanted, int realRows) {
        if (wanted == null) {
            return Math.min(realRows, ROWS_BY_DEFAULT);
        }
        try {
            int rows = Integer.parseInt(wanted);
            if (rows >= 1 && rows <= MAX_ROWS) {
                return rows;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new ProblemException(
                Problem.of(422, "rows", "rows must be a whole number from 1 to " + MAX_ROWS + ", not " + wanted));
    }
}
