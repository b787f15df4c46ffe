package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.List;

import io.freshet.stats.Permutation;
import io.freshet.stats.Philox;
import io.freshet.table.TextVector;

/** Writes the texts of a column for the rows of a generator. Mutable, confined to one thread. */
final class TextWriter {

    private static final int MAX_ATTEMPTS = 12;
    /**
     * The attempt number for the choice of the form. The choice is separate so that rejected texts do not affect the shares of
     * the forms.
     */
    private static final int CHOICE = -1;
    private static final int KEY_TAG = 0x6b65;
    private static final int BYTES_PER_CHAR = 3;

    private final TextColumn column;
    private final List<Permutation> permutations = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private final List<FreeNumbers.Lookup> lookups = new ArrayList<>();
    private final List<List<Integer>> sources;
    /**
     * For each form, whether its texts are numbered ({@code counted}) and whether another attempt could give another text
     * ({@code varied}).
     */
    private final boolean[] counted;
    private final boolean[] varied;
    private final StringBuilder out = new StringBuilder();

    TextWriter(TextColumn column, long seed) {
        this.column = column;
        this.sources = column.forms().stream().map(TextForm::sources).toList();
        this.counted = new boolean[sources.size()];
        this.varied = new boolean[sources.size()];
        for (int i = 0; i < counted.length; i++) {
            TextForm form = column.forms().get(i);
            counted[i] = column.unique() && !column.free().isEmpty() && form.isCounted();
            varied[i] = !form.isComposed() && column.seen().bits() > 0;
        }
        for (int i = 0; i < column.free().size(); i++) {
            FreeNumbers free = column.free().get(i);
            long count = free.count();
            counts.add(count);
            permutations.add(Permutation.of(count, Philox.word(i, column.index(), KEY_TAG, seed)));
            lookups.add(free.lookup());
        }
    }

    /** Writes the text of a row at position {@code place} of the batch. */
    void write(RowTexts row, int place, long number, TextVector texts) {
        int form = 0;
        if (counted.length > 1) {
            row.start(place, number, column.index(), CHOICE);
            form = form(row);
        }
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            out.setLength(0);
            row.start(place, number, column.index(), attempt);
            if (!write(row, form, number) || !column.seen().contain(out)) {
                break;
            }
        }
        append(texts, place);
    }

    /** @return whether another attempt could give another text */
    private boolean write(RowTexts row, int chosen, long number) {
        TextForm form = column.forms().get(chosen);
        if (counted[chosen]) {
            form.write(row, lookups.get(chosen).number(permutations.get(chosen).apply(number)),
                    Long.divideUnsigned(number, counts.get(chosen)), out);
        } else {
            form.write(row, out);
        }
        if (column.check() != null) {
            column.check().fix(out, 0);
        }
        return varied[chosen];
    }

    /** Returns a form whose source columns all have a value in this row. */
    private int form(RowTexts row) {
        int form = Choice.place(column.bounds(), row.uniform());
        if (row.have(sources.get(form))) {
            return form;
        }
        for (int other = 0; other < column.forms().size(); other++) {
            if (row.have(sources.get(other))) {
                return other;
            }
        }
        return form;
    }

    private void append(TextVector texts, int place) {
        int length = out.length();
        byte[] bytes = texts.reserve(BYTES_PER_CHAR * length);
        int at = texts.used();
        for (int i = 0; i < length; i++) {
            char c = out.charAt(i);
            if (c >= 0x80) {
                texts.append(place, out.toString());
                return;
            }
            bytes[at + i] = (byte) c;
        }
        texts.append(place, length);
    }
}
