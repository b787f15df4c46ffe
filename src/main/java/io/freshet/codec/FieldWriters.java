package io.freshet.codec;

import java.math.BigDecimal;
import java.util.function.IntFunction;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.TextDictionary;

/**
 * What writes the columns of each type.
 *
 * @param missing stands for a missing value
 */
record FieldWriters(Dialect dialect, String missing) {

    /**
     * @param vector what it writes is alike in type and, where it has one, in dictionary
     * @param before stands before the value
     */
    FieldWriter of(ColumnType type, ColumnVector vector, String before) {
        if (vector instanceof CodedVector coded) {
            return new TokenWriter(coded.dictionary(), text(type, coded, before));
        }
        Piece start = Piece.of(before);
        Piece absent = Piece.of(before + missing);
        if (type instanceof ColumnType.DateTime dateTime) {
            return DateWriter.of(start, absent, dateTime.format(), dialect);
        }
        if (type instanceof ColumnType.Floating) {
            return new FloatingWriter(start, absent, new DoubleText());
        }
        if (type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText) {
            boolean number = type instanceof ColumnType.Identifier identifier && identifier.number();
            return new TextWriter(start, absent, dialect, number);
        }
        return new NumberWriter(start, absent, type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0);
    }

    private DictionaryText text(ColumnType type, CodedVector coded, String before) {
        boolean literal = type instanceof ColumnType.Bool || type instanceof ColumnType.Constant;
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
            return code -> dialect.text(dateTime.format().print(numbers.value(code)));
        }
        int digits = type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
        return code -> BigDecimal.valueOf(numbers.value(code), digits).toPlainString();
    }

    private IntFunction<String> literals(ColumnType type, TextDictionary texts) {
        return type instanceof ColumnType.Bool bool ? code -> dialect.bool(bool, texts.text(code).equals(bool.trueText()))
                : code -> dialect.constant((ColumnType.Constant) type);
    }
}
