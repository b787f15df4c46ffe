package io.freshet.model.privacy;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import io.freshet.table.ColumnType;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.TableException;

/** Creates the fit of each column from what is declared about it. */
final class ColumnFits {

    private static final String SEPARATOR = "..";

    private final RawTable table;
    private final DeclaredColumns declared;

    ColumnFits(RawTable table, DeclaredColumns declared) {
        this.table = table;
        this.declared = declared;
    }

    String name(int column) {
        return table.columns().get(column).name();
    }

    /** Returns the declared type of a column; empty if it has to be bought. */
    Optional<ColumnType> declaredType(int column) {
        String name = name(column);
        String type = declared.types().get(name);
        if (declared.formats().containsKey(name)) {
            return Optional.of(new ColumnType.DateTime(format(name)));
        }
        if (type == null && declared.categories().containsKey(name)) {
            return Optional.of(new ColumnType.Categorical());
        }
        if (type == null) {
            return rangeType(name);
        }
        return Optional.of(switch (type) {
            case "integer" -> new ColumnType.Whole();
            case "decimal" -> new ColumnType.Decimal(Math.max(1, rangeDigits(name)));
            case "floating" -> new ColumnType.Floating();
            case "boolean" -> new ColumnType.Bool(NameFit.BOOLEANS.get(0), NameFit.BOOLEANS.get(1));
            case "datetime" -> new ColumnType.DateTime(format(name));
            case "identifier" -> new ColumnType.Identifier(false);
            case "text" -> new ColumnType.FreeText();
            default -> new ColumnType.Categorical();
        });
    }

    /** A range says whether a column holds dates, and how many digits its numbers have. */
    private Optional<ColumnType> rangeType(String name) {
        if (!declared.ranges().containsKey(name)) {
            return Optional.empty();
        }
        String low = bounds(name)[0];
        if (TypeVote.DATES.accepts(low) || TypeVote.TIMES.accepts(low)) {
            return Optional.of(new ColumnType.DateTime(TypeVote.DATES.accepts(low) ? TypeVote.DATES : TypeVote.TIMES));
        }
        int digits = rangeDigits(name);
        return Optional.of(digits == 0 ? new ColumnType.Whole() : new ColumnType.Decimal(Math.min(18, digits)));
    }

    private int rangeDigits(String name) {
        if (!declared.ranges().containsKey(name)) {
            return 2;
        }
        try {
            return Math.max(NumberReading.digits(bounds(name)[0]), NumberReading.digits(bounds(name)[1]));
        } catch (NumberFormatException e) {
            throw wrongRange(name);
        }
    }

    private DateTimeFormat format(String name) {
        String pattern = declared.formats().get(name);
        if (pattern == null) {
            return TypeVote.DATES;
        }
        try {
            return DateTimeFormat.of(pattern, resolution(pattern));
        } catch (IllegalArgumentException e) {
            throw new TableException("format." + name + ": " + e.getMessage());
        }
    }

    private static ChronoUnit resolution(String pattern) {
        String letters = pattern.replaceAll("'[^']*'", "");
        return letters.contains("S") ? ChronoUnit.MILLIS
                : letters.contains("s") ? ChronoUnit.SECONDS
                        : letters.contains("m") ? ChronoUnit.MINUTES
                                : letters.contains("H") || letters.contains("h")
                                        ? ChronoUnit.HOURS
                                        : ChronoUnit.DAYS;
    }

    private String[] bounds(String name) {
        String range = declared.ranges().getOrDefault(name, "");
        int at = range.indexOf(SEPARATOR);
        if (at < 1 || at + SEPARATOR.length() >= range.length()) {
            throw wrongRange(name);
        }
        return new String[] { range.substring(0, at).strip(), range.substring(at + SEPARATOR.length()).strip() };
    }

    private TableException wrongRange(String name) {
        return new TableException("range." + name + " must be two numbers or dates of the column such as 0..120, the smaller "
                + "one first, not " + declared.ranges().get(name));
    }

    ColumnFit of(int column, ColumnType type) {
        String name = name(column);
        if (type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText) {
            return ColumnFit.ofTexts(table, column, type);
        }
        if (type instanceof ColumnType.Categorical || type instanceof ColumnType.Bool) {
            List<String> names = type instanceof ColumnType.Bool ? NameFit.BOOLEANS : declared.categories().get(name);
            return new NameFit(table, column, type, names);
        }
        if (!declared.ranges().containsKey(name)) {
            if (type instanceof ColumnType.Floating) {
                throw new TableException("the column " + name + " of type floating needs range." + name
                        + "=SMALLEST..LARGEST for a private fit");
            }
            return new NumberFit(table, column, type, null);
        }
        double low = NumberReading.of(bounds(name)[0], type);
        double high = NumberReading.of(bounds(name)[1], type);
        if (!(low < high)) {
            throw wrongRange(name);
        }
        return new NumberFit(table, column, type, new double[] { low, high });
    }
}
