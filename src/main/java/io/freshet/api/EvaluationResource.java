package io.freshet.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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

import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisModel;
import io.freshet.score.Evaluation;
import io.freshet.score.QualityReport;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.freshet.table.RowBatch;
import io.freshet.table.TableFormat;
import io.smallrye.common.annotation.Blocking;

/** How faithful and private the rows of a model are, against real rows that it has not seen. */
@Path("/api/v1/models/{name}/evaluate")
@Tag(name = "Models")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, MediaType.TEXT_HTML, Problem.MEDIA_TYPE })
public class EvaluationResource {

    private static final int MOST_ROWS = 1_000_000;
    private static final int ROWS_BY_DEFAULT = 100_000;

    private final Models models;

    public EvaluationResource(Models models) {
        this.models = models;
    }

    /** What is asked for beside the tables. */
    private record Request(StoredModel model, @Nullable String rows, long seed, boolean page) {
    }

    @POST
    @Consumes({ "text/csv", "application/x-ndjson", "application/json" })
    @Operation(summary = "Score a model against a hold-out", description = "The body holds real rows that the model has not "
            + "seen. rows says how many synthetic rows are drawn: as many as there are real ones without it. Accept: text/html "
            + "asks for a page with the distributions.")
    public Response evaluate(@PathParam("name") String name, @QueryParam("rows") @Nullable String rows,
            @QueryParam("seed") @DefaultValue("1") String seed, @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept, InputStream body) throws IOException {
        Request request = request(name, rows, seed, accept);
        RowBatch holdOut = RealRows
                .toCompare(body, TableFormat.ofMediaType(contentType).orElse(TableFormat.JSON), request.model().model()).rows();
        return answer(request, holdOut, Optional.empty());
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Score a model against a hold-out and what it was fitted to", description = "Two files: holdout, and "
            + "training, the rows that the model was fitted to; with it, the score of overfitting is known.")
    public Response evaluate(@PathParam("name") String name, @QueryParam("rows") @Nullable String rows,
            @QueryParam("seed") @DefaultValue("1") String seed, @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
            @RestForm("holdout") @Nullable FileUpload holdOut, @RestForm("training") @Nullable FileUpload training)
            throws IOException {
        Request request = request(name, rows, seed, accept);
        if (holdOut == null) {
            throw new ProblemException(Problem.of(422, "holdout", "the form needs a file named holdout"));
        }
        Optional<RowBatch> learned = training == null ? Optional.empty()
                : Optional.of(read("training", training, request.model().model()));
        return answer(request, read("holdout", holdOut, request.model().model()), learned);
    }

    private Request request(String name, @Nullable String rows, String seed, @Nullable String accept) {
        try {
            return new Request(ModelsResource.find(models, name), rows, Long.parseLong(seed),
                    accept != null && accept.contains(MediaType.TEXT_HTML));
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.of(422, "seed", "seed must be a whole number, not " + seed));
        }
    }

    private static RowBatch read(String part, FileUpload file, SynthesisModel model) throws IOException {
        TableFormat format = TableFormat.ofMediaType(String.valueOf(file.contentType()))
                .or(() -> TableFormat.ofFileName(file.fileName()))
                .orElseThrow(
                        () -> new ProblemException(Problem.of(422, part, "the media type and the ending of the file " + part
                                + " name no format; there are .csv, .ndjson and .json")));
        try (InputStream in = Files.newInputStream(file.uploadedFile())) {
            return RealRows.toCompare(in, format, model).rows();
        }
    }

    private static Response answer(Request request, RowBatch holdOut, Optional<RowBatch> learned) {
        SynthesisModel model = request.model().model();
        RowGenerator generator = model.generator(request.seed(), Conditions.none());
        int rows = rows(request.rows(), holdOut.size());
        RowBatch synthetic = generator.newBatch(rows);
        generator.fill(synthetic, 0, rows);
        QualityReport report = Evaluation.compare(holdOut, synthetic, learned, request.seed());
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
            if (rows >= 1 && rows <= MOST_ROWS) {
                return rows;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ProblemException(
                Problem.of(422, "rows", "rows must be a whole number from 1 to " + MOST_ROWS + ", not " + wanted));
    }
}
