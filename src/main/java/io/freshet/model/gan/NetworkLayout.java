package io.freshet.model.gan;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the columns of a table are in the rows of the networks. A column of numbers takes one place for its position within a
 * mode, and each column one place for every mode; the condition vector has a place for every mode of the columns of names.
 * Columns with a single value take no place. Immutable.
 */
final class NetworkLayout {

    /** The place of a column that a part of a row lacks. */
    static final int NONE = -1;

    /**
     * The places of one column.
     *
     * @param column its number in the table
     * @param offset the place of the position within the mode, or {@link #NONE}
     * @param first the place of the first mode
     * @param modes the number of modes
     * @param condition the place of the first mode in the condition vector, or {@link #NONE}
     */
    record Span(int column, int offset, int first, int modes, int condition) {

        boolean isConditional() {
            return condition != NONE;
        }
    }

    private final List<Span> spans;
    private final List<Span> conditional;
    private final int width;
    private final int conditionWidth;

    private NetworkLayout(List<Span> spans, int width, int conditionWidth) {
        this.spans = List.copyOf(spans);
        this.conditional = spans.stream().filter(Span::isConditional).toList();
        this.width = width;
        this.conditionWidth = conditionWidth;
    }

    static NetworkLayout of(List<ColumnModes> columns) {
        List<Span> spans = new ArrayList<>();
        int width = 0;
        int conditions = 0;
        for (int c = 0; c < columns.size(); c++) {
            ColumnModes modes = columns.get(c);
            if (modes.isContinuous()) {
                spans.add(new Span(c, width, width + 1, modes.size(), NONE));
                width += 1 + modes.size();
            } else if (modes.size() > 1) {
                spans.add(new Span(c, NONE, width, modes.size(), conditions));
                width += modes.size();
                conditions += modes.size();
            }
        }
        return new NetworkLayout(spans, width, conditions);
    }

    List<Span> spans() {
        return spans;
    }

    /** Returns the spans of the columns that can be conditions. */
    List<Span> conditional() {
        return conditional;
    }

    /** Returns the number of places of a row. */
    int width() {
        return width;
    }

    /** Returns the number of places of the condition vector; 0 if no column can be a condition. */
    int conditionWidth() {
        return conditionWidth;
    }
}
