package io.freshet.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;

import io.freshet.store.StoredModel;
import io.freshet.table.TableException;

/** Writes the progress of a fit as NDJSON while it runs: a line for each epoch, then the model, or the problem. */
final class FitAnswer {

    static final String MEDIA_TYPE = "application/x-ndjson";

    private final ObjectMapper mapper;

    FitAnswer(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * @param fit fits the model and reports to the follower that it is given
     * @param view what the last line shows
     */
    void write(OutputStream out, Function<Consumer<FitView>, StoredModel> fit, Function<StoredModel, ModelView> view)
            throws IOException {
        try (SequenceWriter lines = mapper.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .withRootValueSeparator("\n")
                .writeValues(out)) {
            lines.write(last(fit, view, lines));
        }
        out.write('\n');
    }

    private static Object last(Function<Consumer<FitView>, StoredModel> fit, Function<StoredModel, ModelView> view,
            SequenceWriter lines) {
        try {
            return view.apply(fit.apply(progress -> write(progress, lines)));
        } catch (ProblemException e) {
            return e.problem();
        } catch (TableException e) {
            return Problem.of(ProblemKind.INVALID_TABLE, "body", String.valueOf(e.getMessage()));
        }
    }

    private static void write(FitView progress, SequenceWriter lines) {
        try {
            lines.write(progress);
            lines.flush();
        } catch (IOException e) {
            // the client has disconnected, so the fit has no recipient
            throw new UncheckedIOException(e);
        }
    }
}
