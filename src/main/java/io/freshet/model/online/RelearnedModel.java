package io.freshet.model.online;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.freshet.model.Conditions;
import io.freshet.model.Constraint;
import io.freshet.model.FitMonitor;
import io.freshet.model.FitOptions;
import io.freshet.model.RelationOptions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisModel;
import io.freshet.model.constraint.ConstrainedModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.gan.GanModel;
import io.freshet.model.tree.TreeModel;
import io.freshet.model.tree.TreeOptions;
import io.freshet.table.Column;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TableSample;
import io.freshet.table.TextVector;

/**
 * A model that is fitted again, to rows drawn from itself and to new ones: what it learns where new rows break a relation, so
 * that a column it took for given has to be learned after all.
 */
public final class RelearnedModel {

    private static final int MAX_DRAWN = 20_000;
    private static final long SEED = 0x4e1aL;

    private final ConstrainedModel model;
    private final RowBatch rows;

    /** @param rows with the columns of the model, in their order */
    public RelearnedModel(ConstrainedModel model, RowBatch rows) {
        this.model = model;
        this.rows = rows;
    }

    /**
     * @param weight of the new rows, 0 to 1
     * @param totalRows the rows that the model stands for
     */
    public SynthesisModel fit(double weight, long totalRows) {
        int old = weight >= 1 ? 0 : (int) Math.min(MAX_DRAWN, Math.max(rows.size() * (1 - weight) / weight, 1));
        List<RowBatch> parts = new ArrayList<>();
        if (old > 0) {
            parts.add(drawn(model, old));
        }
        parts.add(rows);
        TableSample joined = JoinedRows.of(model.schema(), parts);
        RowBatch batch = withTexts(joined.rows(), parts);
        List<Constraint> declared = model.plan().constraints().stream()
                .filter(constraint -> !(constraint instanceof Constraint.TimeOfDay)).toList();
        RelationOptions options = RelationOptions.defaults().only(model.plan().relations().relations().stream()
                .map(found -> found.relation().text(model.schema())).toList());
        return ModelFitter.fit(new TableSample(batch, totalRows, joined.missing(), joined.valueCounts()),
                model.method(), withTraining(new FitOptions(true, declared, options).withTarget(target())));
    }

    private Optional<String> target() {
        return model.inner() instanceof TreeModel trees && trees.target() != TreeOptions.NO_TARGET
                ? Optional.of(model.schema().column(trees.target()).name())
                : Optional.empty();
    }

    private FitOptions withTraining(FitOptions options) {
        return model.inner() instanceof GanModel gan ? options.withTraining(gan.options(), FitMonitor.NONE) : options;
    }

    /** Rows of a model. */
    public static RowBatch drawn(SynthesisModel model, int rows) {
        RowGenerator generator = model.generator(SEED, Conditions.none());
        RowBatch drawn = generator.newBatch(rows);
        generator.fill(drawn, 0, rows);
        return drawn;
    }

    /** New rows in the columns of a model, their types and their order. */
    public static TableSample aligned(Schema schema, TableSample rows) {
        TableSample joined = JoinedRows.of(schema, List.of(rows.rows()));
        return new TableSample(withTexts(joined.rows(), List.of(rows.rows())), rows.totalRows(), joined.missing(),
                joined.valueCounts());
    }

    /** Joined rows leave texts out, but their patterns must be learned as well. */
    private static RowBatch withTexts(RowBatch joined, List<RowBatch> parts) {
        List<ColumnVector> vectors = new ArrayList<>();
        for (int c = 0; c < joined.schema().size(); c++) {
            ColumnVector vector = joined.vector(c);
            vectors.add(vector instanceof TextVector ? texts(joined.schema().column(c), parts, joined.size()) : vector);
        }
        RowBatch batch = RowBatch.wrap(joined.schema(), vectors);
        batch.hold(0, joined.size());
        return batch;
    }

    private static TextVector texts(Column column, List<RowBatch> parts, int rows) {
        TextVector joined = TextVector.create(rows);
        int at = 0;
        for (RowBatch part : parts) {
            ColumnVector vector = part.vector(part.schema().indexOf(column.name()));
            for (int row = 0; row < part.size(); row++, at++) {
                if (vector instanceof TextVector texts && !texts.isMissing(row)) {
                    joined.append(at, texts.text(row));
                } else {
                    joined.setMissing(at);
                }
            }
        }
        return joined;
    }
}
