package io.freshet.model.constraint;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ColumnSummary;
import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisModel;
import io.freshet.model.marginal.NumberReader;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TextDictionary;

/**
 * Describes columns that follow from others by relations: what the inner model knows of them says little, so rows are drawn and
 * counted. Deterministic.
 */
final class DrawnSummary {

    private static final int ROWS = 50_000;
    private static final long SEED = 0x5a77e5L;

    private final RowBatch rows;

    private DrawnSummary(RowBatch rows) {
        this.rows = rows;
    }

    /** Draws the rows of a model. */
    static DrawnSummary of(SynthesisModel model) {
        RowGenerator generator = model.generator(SEED, Conditions.none());
        RowBatch rows = generator.newBatch(ROWS);
        generator.fill(rows, 0, ROWS);
        return new DrawnSummary(rows);
    }

    /** Returns what the drawn rows show of columns, by index. */
    Map<Integer, ColumnSummary> columns(List<Integer> indices) {
        return indices.stream().collect(Collectors.toUnmodifiableMap(index -> index, this::column));
    }

    private ColumnSummary column(int index) {
        Column column = rows.schema().column(index);
        ColumnVector vector = rows.vector(index);
        double missing = IntStream.range(0, rows.size()).filter(vector::isMissing).count() / (double) rows.size();
        if (vector instanceof CodedVector coded && coded.dictionary() instanceof TextDictionary texts) {
            return new ColumnSummary(column.name(), column.typeName(), missing, texts.size(), null, null,
                    shares(coded, texts));
        }
        if (!NumberReader.isNumeric(column.type()) || column.type() instanceof ColumnType.Constant) {
            return new ColumnSummary(column.name(), column.typeName(), missing, null, null, null, null);
        }
        NumberReader numbers = NumberReader.of(column, vector);
        boolean floating = column.type() instanceof ColumnType.Floating;
        int digits = NumberReader.digits(column.type());
        DoubleSummaryStatistics range = IntStream.range(0, rows.size()).filter(row -> !vector.isMissing(row))
                .mapToDouble(row -> floating ? numbers.value(row) : numbers.scaled(row, digits)).summaryStatistics();
        return new ColumnSummary(column.name(), column.typeName(), missing, null, text(column, range.getMin()),
                text(column, range.getMax()), null);
    }

    private static @Nullable String text(Column column, double value) {
        return Double.isInfinite(value) ? null : ColumnSummary.text(column.type(), value);
    }

    private Map<String, Double> shares(CodedVector vector, TextDictionary texts) {
        int[] counts = new int[texts.size()];
        int present = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (!vector.isMissing(row)) {
                counts[vector.codes()[row]]++;
                present++;
            }
        }
        int all = Math.max(1, present);
        Map<String, Double> shares = new LinkedHashMap<>();
        IntStream.range(0, counts.length).boxed().filter(code -> counts[code] > 0)
                .sorted(Comparator.<Integer> comparingInt(code -> -counts[code])).limit(ColumnSummary.MAX_SHARES)
                .forEach(code -> shares.put(texts.text(code), counts[code] / (double) all));
        return shares;
    }
}
