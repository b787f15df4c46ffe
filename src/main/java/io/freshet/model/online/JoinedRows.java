package io.freshet.model.online;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** Joins the rows of several batches into one table with the columns of a model. */
final class JoinedRows {

    private final Schema schema;
    private final List<RowBatch> parts;
    private final int rows;
    private final List<Long> missing = new ArrayList<>();
    private final List<List<Long>> counts = new ArrayList<>();

    private JoinedRows(Schema schema, List<RowBatch> parts) {
        this.schema = schema;
        this.parts = parts;
        this.rows = parts.stream().mapToInt(RowBatch::size).sum();
    }

    /**
     * Returns the table of all rows, in the order of the batches; texts are left empty.
     *
     * @throws io.freshet.table.TableException if a batch lacks a column, or has values that contradict its type
     */
    static TableSample of(Schema schema, List<RowBatch> parts) {
        return new JoinedRows(schema, parts).join();
    }

    private TableSample join() {
        List<ColumnVector> vectors = new ArrayList<>();
        for (Column column : schema.columns()) {
            vectors.add(join(column, parts.stream().map(part -> NewColumn.of(part, column)).toList()));
        }
        RowBatch batch = RowBatch.wrap(schema, vectors);
        batch.hold(0, rows);
        return new TableSample(batch, rows, missing, counts);
    }

    private ColumnVector join(Column column, List<NewColumn> cells) {
        TextDictionary dictionary = dictionary(column.type(), cells);
        ColumnVector vector = vector(column.type(), dictionary);
        long[] ofCode = new long[vector instanceof CodedVector ? dictionary.size() : 0];
        long absent = 0;
        int at = 0;
        for (NewColumn part : cells) {
            for (int row = 0; row < part.rows(); row++, at++) {
                if (part.isMissing(row)) {
                    vector.setMissing(at);
                    absent++;
                } else {
                    write(vector, at, part, row, dictionary, ofCode);
                }
            }
        }
        missing.add(absent);
        counts.add(LongStream.of(ofCode).boxed().toList());
        return vector;
    }

    private static TextDictionary dictionary(ColumnType type, List<NewColumn> cells) {
        if (type instanceof ColumnType.Bool bool) {
            return TextDictionary.of(List.of(bool.falseText(), bool.trueText()));
        }
        if (type instanceof ColumnType.Constant constant) {
            return TextDictionary.of(List.of(constant.text()));
        }
        SortedSet<String> texts = new TreeSet<>();
        for (NewColumn part : cells) {
            for (int row = 0; row < part.rows() && type instanceof ColumnType.Categorical; row++) {
                String text = part.text(row);
                if (text != null) {
                    texts.add(text);
                }
            }
        }
        return TextDictionary.of(List.copyOf(texts));
    }

    private ColumnVector vector(ColumnType type, TextDictionary dictionary) {
        if (type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText) {
            return TextVector.create(rows);
        }
        if (type instanceof ColumnType.Floating) {
            return FloatingVector.create(rows);
        }
        boolean numbers = type instanceof ColumnType.Whole || type instanceof ColumnType.Decimal
                || type instanceof ColumnType.DateTime;
        return numbers ? NumberVector.create(rows) : CodedVector.create(rows, dictionary);
    }

    private static void write(ColumnVector vector, int at, NewColumn part, int row, TextDictionary dictionary,
            long[] counts) {
        if (vector instanceof CodedVector coded) {
            String text = part.text(row);
            int code = text != null ? java.util.Collections.binarySearch(dictionary.texts(), text)
                    : Double.isNaN(part.number(row)) ? 0 : (int) part.number(row);
            coded.codes()[at] = code;
            counts[code]++;
        } else if (vector instanceof NumberVector numbers) {
            numbers.values()[at] = (long) part.number(row);
        } else if (vector instanceof FloatingVector doubles) {
            doubles.values()[at] = part.number(row);
        } else {
            ((TextVector) vector).append(at, 0);
        }
    }
}
