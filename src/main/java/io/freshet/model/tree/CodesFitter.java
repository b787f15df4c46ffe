package io.freshet.model.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.freshet.model.RowOrder;
import io.freshet.model.marginal.TextPattern;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.RareNames;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** Divides the values of a column into codes. The order of the rows does not matter. */
public final class CodesFitter {

    /** Names beyond this number share one code and are drawn by their overall shares. */
    static final int MAX_NAMES = 1023;
    private static final TextDictionary NO_NAMES = TextDictionary.of(List.of());

    private final TableSample sample;
    private final int codes;

    public CodesFitter(TableSample sample, TreeOptions options) {
        this.sample = sample;
        this.codes = options.codes();
    }

    public ColumnCodes fit(int index) {
        Column column = sample.schema().column(index);
        ColumnVector vector = sample.rows().vector(index);
        return switch (CodeKind.of(column.type())) {
            case TEXT -> texts(column, (TextVector) vector);
            case NAME -> names(column, (CodedVector) vector, sample.valueCounts().get(index));
            case NUMBER, DATE -> NumberCodes.of(column, TableNumbers.sorted(vector, sample.rows().size()), codes);
        };
    }

    private ColumnCodes texts(Column column, TextVector texts) {
        SegmentList all = new SegmentList();
        all.add(0, 0, 1);
        all.endCode();
        TextPattern pattern = TextPattern.of(column.type(), texts, IntStream.of(RowOrder.of(sample.rows())));
        return new ColumnCodes(column, all.build(), NO_NAMES, 0, 1, Optional.of(pattern));
    }

    private ColumnCodes names(Column column, CodedVector vector, List<Long> counts) {
        TextDictionary all = (TextDictionary) vector.dictionary();
        IntStream disclosed = column.type() instanceof ColumnType.Categorical ? IntStream.of(RareNames.disclosed(counts))
                : IntStream.range(0, counts.size());
        List<Integer> kept = new ArrayList<>(disclosed.filter(entry -> counts.get(entry) > 0).boxed().toList());
        TextDictionary dictionary = column.type() instanceof ColumnType.Bool ? all
                : TextDictionary.of(kept.stream().sorted().map(all::text).toList());
        List<Integer> inOrder = column.type() instanceof ColumnType.Bool ? IntStream.range(0, all.size()).boxed().toList()
                : kept.stream().sorted().toList();
        kept.sort(Comparator.comparing((Integer entry) -> -counts.get(entry)).thenComparing(Comparator.naturalOrder()));
        SegmentList segments = new SegmentList();
        int[] place = new int[all.size()];
        for (int i = 0; i < inOrder.size(); i++) {
            place[inOrder.get(i)] = i;
        }
        for (int i = 0; i < kept.size(); i++) {
            int entry = kept.get(i);
            segments.add(place[entry], place[entry], counts.get(entry));
            if (i < MAX_NAMES - 1 || i == kept.size() - 1) {
                segments.endCode();
            }
        }
        return new ColumnCodes(column, segments.build(), dictionary, 0, 1, Optional.empty());
    }
}
