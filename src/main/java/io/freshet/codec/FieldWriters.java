package io.freshet.codec;

import java.math.BigDecimal;
import java.util.function.IntFunction;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberFormat;
import io.freshet.table.TextDictionary;

/**
 * Creates the writers for the columns by type.
 *
 * @param missing the text of a missing value
 */
record FieldWriters(Dialect dialect, String missing) {

    /**
     * @param vector a vector of the type, and of the dictionary if it has one, that the writer will write
     * @param before the fixed text before the value
     */
    FieldWriter of(Column column, ColumnVector vector, String before) {
        NumberFormat format = column.format();
        if (format != null && (column.type() instanceof ColumnType.Whole || column.type() instanceof ColumnType.Decimal)) {
            return formatted(column.type(), format, vector, before);
        }
        return column.isArray() ? new FieldWriters(dialect.arrays(), missing).of(column.type(), vector, before)
                : of(column.type(), vector, before);
    }

    /** Creates the writer of a bracket of an object, or of a missing value in place of the object. */
    FieldWriter ofObject(Layout.Part part, CodedVector presence, String before) {
        int size = presence.dictionary().size();
        String open = part == Layout.Part.OBJECT ? "{" : "";
        return new DictionaryWriter(presence.dictionary(),
                new DictionaryText.OfValues(size, code -> before + (code < size ? open : open.isEmpty() ? "" : missing)));
    }

    private FieldWriter of(ColumnType type, ColumnVector vector, String before) {
        if (vector instanceof CodedVector coded) {
            return new DictionaryWriter(coded.dictionary(), text(type, coded, before));
        }
        ByteFragment start = ByteFragment.of(before);
        ByteFragment absent = ByteFragment.of(before + missing);
        if (type instanceof ColumnType.DateTime dateTime) {
            return DateWriter.of(start, absent, dateTime.format(), dialect);
        }
        if (type instanceof ColumnType.Floating) {
            return new FloatingWriter(start, absent, new DoubleText());
        }
        if (type instanceof ColumnType.Json) {
            return new TextWriter(start, absent, dialect.documents(), false);
        }
        if (type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText) {
            boolean number = type instanceof ColumnType.Identifier identifier && identifier.number();
            return new TextWriter(start, absent, dialect, number);
        }
        return new NumberWriter(start, absent, type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0);
    }

    private FieldWriter formatted(ColumnType type, NumberFormat format, ColumnVector vector, String before) {
        int digits = type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
        if (vector instanceof CodedVector coded && coded.dictionary() instanceof NumberDictionary numbers) {
            int size = numbers.size();
            return new DictionaryWriter(numbers, new DictionaryText.OfValues(size, code -> before
                    + (code == size ? missing : dialect.text(format.print(numbers.value(code), digits)))));
        }
        return new FormattedNumberWriter(ByteFragment.of(before), ByteFragment.of(before + missing), format, digits, dialect);
    }

    private DictionaryText text(ColumnType type, CodedVector coded, String before) {
        boolean literal = type instanceof ColumnType.Bool || type instanceof ColumnType.Constant
                || type instanceof ColumnType.Categorical names && names.literal();
        if (coded.dictionary() instanceof TextDictionary texts && !literal) {
            return new DictionaryText.OfTexts(before, missing, texts, dialect);
        }
        int size = coded.dictionary().size();
        IntFunction<String> value = coded.dictionary() instanceof NumberDictionary numbers ? numbers(type, numbers)
                : literals(type, (TextDictionary) coded.dictionary());
        return new DictionaryText.OfValues(size, code -> before + (code == size ? missing : value.apply(code)));
    }

    private IntFunction<String> numbers(ColumnType type, NumberDictionary numbers) {
        if (type instanceof ColumnType.DateTime dateTime) {
            DateTimeFormat format = dateTime.format();
            return code -> format.isEpoch() ? format.print(numbers.value(code))
                    : dialect.text(format.print(numbers.value(code)));
        }
        int digits = type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
        return code -> BigDecimal.valueOf(numbers.value(code), digits).toPlainString();
    }

    private IntFunction<String> literals(ColumnType type, TextDictionary texts) {
        if (type instanceof ColumnType.Categorical) {
            return code -> dialect.constant(new ColumnType.Constant(texts.text(code), texts.text(code)));
        }
        return type instanceof ColumnType.Bool bool ? code -> dialect.bool(bool, texts.text(code).equals(bool.trueText()))
                : code -> dialect.constant((ColumnType.Constant) type);
    }
}
