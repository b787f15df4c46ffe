package io.freshet.codec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;
import io.freshet.table.NumberDictionary;
import io.freshet.table.RowBatch;
import io.freshet.table.TextDictionary;

/**
 * Encodes rows column by column: each row has a slot of the same width, and every column is written for all rows before the
 * next one,
 * so that the work on neighbouring rows overlaps in the processor.
 */
final class RowEncoder {

    private static final int SLACK = 64;

    private final Dialect dialect;
    private final List<@Nullable FieldWriter> writers = new ArrayList<>();
    private @Nullable RowBatch prepared;
    private int[] ends = new int[0];

    RowEncoder(Dialect dialect) {
        this.dialect = dialect;
    }

    void encode(RowBatch rows, @Nullable BatchMetadata metadata, EncodedRecords into) {
        prepare(rows);
        int size = rows.size();
        Piece end = Piece.of(metadata == null ? dialect.end() : dialect.end(metadata));
        int stride = end.length() + SLACK;
        for (int c = 0; c < writers.size(); c++) {
            stride += writer(c).widest(rows.vector(c), size);
        }
        byte[] bytes = into.reset(size, Math.multiplyExact(stride, size) + SLACK);
        if (ends.length < size) {
            ends = new int[size];
        }
        for (int i = 0; i < size; i++) {
            ends[i] = i * stride;
        }
        for (int c = 0; c < writers.size(); c++) {
            writer(c).write(rows.vector(c), bytes, ends, size);
        }
        for (int i = 0; i < size; i++) {
            into.place(i, i * stride, end.write(bytes, ends[i]));
        }
    }

    private FieldWriter writer(int column) {
        FieldWriter writer = writers.get(column);
        if (writer == null) {
            throw new IllegalStateException("column " + column + " is not prepared");
        }
        return writer;
    }

    /** Makes writers for the vectors of this batch, unless they are those of the batch before. */
    private void prepare(RowBatch rows) {
        if (rows == prepared) {
            return;
        }
        boolean sameSchema = prepared != null && prepared.schema().equals(rows.schema());
        for (int c = 0; c < rows.schema().size(); c++) {
            if (c == writers.size()) {
                writers.add(null);
            }
            FieldWriter known = sameSchema ? writers.get(c) : null;
            boolean serves = known instanceof TokenWriter tokens ? tokens.serves(rows.vector(c))
                    : known != null && !(rows.vector(c) instanceof CodedVector);
            if (!serves) {
                writers.set(c, newWriter(rows, c));
            }
        }
        while (writers.size() > rows.schema().size()) {
            writers.remove(writers.size() - 1);
        }
        prepared = rows;
    }

    private FieldWriter newWriter(RowBatch rows, int index) {
        Column column = rows.schema().column(index);
        ColumnVector vector = rows.vector(index);
        String before = dialect.before(rows.schema(), index);
        Piece missing = Piece.of(before + dialect.missing());
        ColumnType type = column.type();
        if (vector instanceof CodedVector coded) {
            Dictionary dictionary = coded.dictionary();
            IntFunction<String> value = values(type, dictionary);
            return new TokenWriter(dictionary,
                    code -> before + (code == dictionary.size() ? dialect.missing() : value.apply(code)));
        }
        if (type instanceof ColumnType.DateTime dateTime) {
            String quote = dialect.text("").isEmpty() ? "" : "\"";
            return new DateWriter(Piece.of(before), missing, dateTime.format(), quote);
        }
        if (type instanceof ColumnType.Floating) {
            return new FloatingWriter(Piece.of(before), missing);
        }
        if (type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText) {
            boolean bare = type instanceof ColumnType.Identifier identifier && identifier.number();
            return new TextWriter(Piece.of(before), missing, dialect, bare);
        }
        return new NumberWriter(Piece.of(before), missing, type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0);
    }

    private IntFunction<String> values(ColumnType type, Dictionary dictionary) {
        if (dictionary instanceof NumberDictionary numbers) {
            return type instanceof ColumnType.DateTime dateTime
                    ? code -> dialect.text(dateTime.format().print(numbers.value(code)))
                    : code -> BigDecimal.valueOf(numbers.value(code),
                            type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0).toPlainString();
        }
        TextDictionary texts = (TextDictionary) dictionary;
        if (type instanceof ColumnType.Bool bool) {
            return code -> dialect.bool(bool, texts.text(code).equals(bool.trueText()));
        }
        return type instanceof ColumnType.Constant constant ? code -> dialect.constant(constant)
                : code -> dialect.text(texts.text(code));
    }
}
