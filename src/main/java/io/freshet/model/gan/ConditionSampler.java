package io.freshet.model.gan;

import java.util.ArrayList;
import java.util.List;

import io.freshet.stats.AliasTable;
import io.freshet.stats.Draws;

/**
 * Draws the conditions of rows: a column of names, all with the same probability, and one of its modes. Training draws modes by
 * the logarithms of their frequencies, so that rare names are learned; generating draws them by their frequencies. Immutable.
 */
final class ConditionSampler {

    private final List<Integer> spans = new ArrayList<>();
    private final List<AliasTable> tables = new ArrayList<>();

    private ConditionSampler() {
    }

    /** Returns the sampler of training. */
    static ConditionSampler byLogFrequency(NetworkLayout layout, List<ColumnModes> columns) {
        return of(layout, columns, true);
    }

    /** Returns the sampler of generating. */
    static ConditionSampler byFrequency(NetworkLayout layout, List<ColumnModes> columns) {
        return of(layout, columns, false);
    }

    private static ConditionSampler of(NetworkLayout layout, List<ColumnModes> columns, boolean logarithmic) {
        ConditionSampler sampler = new ConditionSampler();
        for (int s = 0; s < layout.spans().size(); s++) {
            NetworkLayout.Span span = layout.spans().get(s);
            if (span.isConditional()) {
                sampler.spans.add(s);
                sampler.tables.add(AliasTable.of(columns.get(span.column()).counts().stream()
                        .mapToDouble(count -> logarithmic ? StrictMath.log(count + 1.0) : count).toArray()));
            }
        }
        return sampler;
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    /** Draws the place of a condition in the list of columns that can be one. */
    int column(Draws draws) {
        return draws.below(spans.size());
    }

    /** Draws a mode of a column. */
    int mode(int column, Draws draws) {
        return tables.get(column).draw(draws.word());
    }

    /** Returns the number of the span of a column. */
    int span(int column) {
        return spans.get(column);
    }
}
