package io.freshet.model.meaning;

/**
 * A number that counts the rows: that of row <i>i</i> is {@code next + step · i}.
 *
 * @param next the number of row 0
 * @param step how far apart the numbers of two rows are, at least 1
 * @param width the least number of digits, padded with leading zeros; 0 for no padding
 */
record SequencePart(long next, long step, int width) implements TextPart {

    SequencePart {
        if (next < 0 || step < 1 || width < 0) {
            throw new IllegalArgumentException("a sequence from " + next + " by " + step + " with " + width + " digits");
        }
    }

    @Override
    public void write(RowTexts row, StringBuilder out) {
        write(row.row(), out);
    }

    /** Writes the number of a row. */
    void write(long row, StringBuilder out) {
        long number = next + step * row;
        for (int digits = NumberPart.digits(number); digits < width; digits++) {
            out.append('0');
        }
        out.append(number);
    }

    @Override
    public double variety() {
        return MANY;
    }
}
