package io.freshet.model;

import java.util.HexFormat;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** The cells of rows that are drawn from a model. */
public final class DrawnRows {

    private final RowBatch batch;

    private DrawnRows(RowBatch batch) {
        this.batch = batch;
    }

    public static DrawnRows of(SynthesisModel model, long seed, Conditions conditions, long firstRow, int rows) {
        RowGenerator generator = model.generator(seed, conditions);
        RowBatch batch = generator.newBatch(rows);
        generator.fill(batch, firstRow, rows);
        return new DrawnRows(batch);
    }

    public static DrawnRows of(RowBatch batch) {
        return new DrawnRows(batch);
    }

    public int size() {
        return batch.size();
    }

    public boolean isMissing(String column, int row) {
        return vector(column).isMissing(row);
    }

    /** Returns the number in the representation of its vector; NaN if it is missing. */
    public double number(String column, int row) {
        ColumnVector vector = vector(column);
        if (vector.isMissing(row)) {
            return Double.NaN;
        }
        if (vector instanceof CodedVector coded) {
            return ((NumberDictionary) coded.dictionary()).value(coded.codes()[row]);
        }
        return vector instanceof NumberVector numbers ? numbers.values()[row] : ((FloatingVector) vector).values()[row];
    }

    public String text(String column, int row) {
        ColumnVector vector = vector(column);
        if (vector.isMissing(row)) {
            return "";
        }
        return vector instanceof TextVector texts ? texts.text(row)
                : ((TextDictionary) ((CodedVector) vector).dictionary()).text(((CodedVector) vector).codes()[row]);
    }

    ColumnVector vector(String column) {
        return batch.vector(batch.schema().indexOf(column));
    }

    /** Returns one row as a line. */
    public String line(int row) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < batch.schema().size(); c++) {
            ColumnVector vector = batch.vector(c);
            if (!vector.isMissing(row)) {
                if (vector instanceof TextVector || vector instanceof CodedVector coded
                        && coded.dictionary() instanceof TextDictionary) {
                    line.append(text(batch.schema().column(c).name(), row));
                } else {
                    line.append(number(batch.schema().column(c).name(), row));
                }
            }
            line.append('|');
        }
        return line.toString();
    }

    /** Returns the first 16 hexadecimal digits of the SHA-256 of all lines. */
    public String digest() {
        try {
            java.security.MessageDigest digest = java.security.MessageDigest.getInstance("SHA-256");
            for (int row = 0; row < batch.size(); row++) {
                digest.update(line(row).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
