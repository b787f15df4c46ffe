package io.freshet.model.online;

import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import io.freshet.model.marginal.ColumnModel;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TableException;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/**
 * The values of a column of new rows in the representation of the model that learns them: numbers with its digits, dates in its
 * resolution, booleans as 0 and 1, categories as texts.
 */
public final class NewColumn {

    private final boolean[] missing;
    private final double[] numbers;
    private final @Nullable String[] texts;

    private NewColumn(int rows) {
        missing = new boolean[rows];
        numbers = new double[rows];
        texts = new String[rows];
        java.util.Arrays.fill(numbers, Double.NaN);
    }

    /**
     * @param model the column of the model
     * @throws TableException if the rows lack the column, or have values that contradict its type
     */
    static NewColumn of(RowBatch rows, ColumnModel model) {
        return of(rows, model.column());
    }

    /**
     * @param wanted the column of the model
     * @throws TableException as {@link #of(RowBatch, ColumnModel)}
     */
    static NewColumn of(RowBatch rows, Column wanted) {
        int index = rows.schema().indexOf(wanted.name());
        if (index < 0 && wanted.isObject()) {
            // every row has the object, so that reading made no column of it
            return new NewColumn(rows.size());
        }
        if (index < 0) {
            throw new TableException("the rows have no column " + wanted.name());
        }
        Column given = rows.schema().column(index);
        ColumnVector vector = rows.vector(index);
        NewColumn column = new NewColumn(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            column.missing[row] = vector.isMissing(row);
            if (!column.missing[row]) {
                column.read(row, wanted, given.type(), vector);
            }
        }
        return column;
    }

    private void read(int row, Column wanted, ColumnType given, ColumnVector vector) {
        ColumnType type = wanted.type();
        if (type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText) {
            return;
        }
        if (type instanceof ColumnType.Missing) {
            throw new TableException("column " + wanted.name() + " never had a value, but has one in row " + (row + 1)
                    + "; fit the model again");
        }
        if (type instanceof ColumnType.Constant constant) {
            if (!constant.text().equals(text(row, wanted, given, vector))) {
                throw new TableException("column " + wanted.name() + " was always " + constant.text() + ", but is not in row "
                        + (row + 1) + "; fit the model again");
            }
        } else if (type instanceof ColumnType.Categorical) {
            texts[row] = text(row, wanted, given, vector);
        } else if (type instanceof ColumnType.Bool bool) {
            numbers[row] = given instanceof ColumnType.Bool ? ((CodedVector) vector).codes()[row]
                    : truth(row, wanted, bool, text(row, wanted, given, vector));
        } else {
            numbers[row] = number(row, wanted, given, vector);
        }
    }

    private static String text(int row, Column wanted, ColumnType given, ColumnVector vector) {
        if (vector instanceof TextVector texts) {
            return texts.text(row);
        }
        if (vector instanceof CodedVector coded && coded.dictionary() instanceof TextDictionary texts) {
            return given instanceof ColumnType.Constant constant ? constant.text() : texts.text(coded.codes()[row]);
        }
        throw contradiction(row, wanted, given);
    }

    private static double truth(int row, Column wanted, ColumnType.Bool bool, String text) {
        if (text.equalsIgnoreCase(bool.trueText()) || text.equalsIgnoreCase(bool.falseText())) {
            return text.equalsIgnoreCase(bool.trueText()) ? 1 : 0;
        }
        throw contradiction(row, wanted, bool);
    }

    private static double number(int row, Column wanted, ColumnType given, ColumnVector vector) {
        ColumnType type = wanted.type();
        if (given instanceof ColumnType.Constant constant) {
            return constant(row, wanted, constant);
        }
        boolean dates = type instanceof ColumnType.DateTime;
        if (dates != given instanceof ColumnType.DateTime || vector instanceof TextVector
                || vector instanceof CodedVector coded && !(coded.dictionary() instanceof NumberDictionary)) {
            throw contradiction(row, wanted, given);
        }
        double raw = vector instanceof NumberVector numbers ? numbers.values()[row]
                : vector instanceof FloatingVector doubles ? doubles.values()[row]
                        : ((NumberDictionary) ((CodedVector) vector).dictionary()).value(((CodedVector) vector).codes()[row]);
        if (type instanceof ColumnType.DateTime own && given instanceof ColumnType.DateTime theirs) {
            return Math.floor(raw * nanos(theirs) / nanos(own));
        }
        return scaled(raw, digits(given), type);
    }

    private static double constant(int row, Column wanted, ColumnType.Constant constant) {
        try {
            return wanted.type() instanceof ColumnType.DateTime date ? date.format().parse(constant.text())
                    : scaled(Double.parseDouble(constant.text()), 0, wanted.type());
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw contradiction(row, wanted, constant);
        }
    }

    private static double scaled(double raw, int digits, ColumnType type) {
        if (type instanceof ColumnType.Floating) {
            return raw / StrictMath.pow(10, digits);
        }
        return Math.rint(raw * StrictMath.pow(10, digits(type)) / StrictMath.pow(10, digits));
    }

    private static int digits(ColumnType type) {
        return type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
    }

    private static double nanos(ColumnType.DateTime type) {
        return type.format().resolution() == ChronoUnit.NANOS ? 1 : type.format().resolution().getDuration().toNanos();
    }

    private static TableException contradiction(int row, Column wanted, ColumnType given) {
        return new TableException("column " + wanted.name() + " is of type " + wanted.type().typeName() + " in the model, but "
                + given.typeName() + " in row " + (row + 1));
    }

    int rows() {
        return missing.length;
    }

    boolean isMissing(int row) {
        return missing[row];
    }

    /** Returns NaN if there is no number. */
    double number(int row) {
        return numbers[row];
    }

    /** Returns null if there is no category. */
    @Nullable
    String text(int row) {
        return texts[row];
    }
}
