package io.freshet.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Decides the type of a column from its distinct texts. */
final class TypeInference {

    /** What an override may say. */
    static final List<String> TYPE_NAMES = List.of("integer", "decimal", "floating", "boolean", "categorical", "datetime",
            "identifier", "text");

    /** False and true, in lower case. */
    private static final List<List<String>> BOOLEANS = List.of(List.of("false", "true"), List.of("no", "yes"),
            List.of("n", "y"), List.of("f", "t"), List.of("off", "on"));
    private static final int FEW = 20;
    private static final double SAFE = 0x1p53;

    private final ColumnBuilder column;

    TypeInference(ColumnBuilder column) {
        this.column = column;
    }

    ColumnType infer(@Nullable String override) {
        if (column.values() == 0) {
            return new ColumnType.Missing();
        }
        if (override != null) {
            return overridden(override);
        }
        if (column.isWide()) {
            return inferWide();
        }
        List<String> texts = column.texts();
        if (texts.size() == 1) {
            return constant(texts.get(0));
        }
        if (!column.hasStrings() && all(this::isNumberLike)) {
            return number();
        }
        return booleans().or(this::dates).orElseGet(this::textual);
    }

    private ColumnType inferWide() {
        if (column.numbers() != null) {
            return looksLikeKeys() ? new ColumnType.Identifier(true) : wideNumber();
        }
        return dates().orElseGet(() -> column.meanWords() >= 3 ? new ColumnType.FreeText()
                : new ColumnType.Identifier(false));
    }

    private boolean all(Predicate<String> test) {
        return column.texts().stream().allMatch(test);
    }

    private boolean isNumberLike(String text) {
        return Numbers.isNumber(text) || Numbers.isNonFinite(text);
    }

    private ColumnType constant(String text) {
        boolean bare = !column.hasStrings()
                && (Numbers.isJsonNumber(text) || text.equals("true") || text.equals("false"));
        return new ColumnType.Constant(text,
                bare ? text : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"');
    }

    private ColumnType number() {
        if (all(Numbers::isInteger)) {
            return looksLikeKeys() ? new ColumnType.Identifier(true) : new ColumnType.Whole();
        }
        return decimal(column.texts());
    }

    private static ColumnType decimal(List<String> texts) {
        int digits = 0;
        double greatest = 0;
        for (String text : texts) {
            if (Numbers.isNumber(text)) {
                digits = Math.max(digits, Numbers.digits(text));
                greatest = Math.max(greatest, Math.abs(Double.parseDouble(text)));
            }
        }
        return decimal(digits, greatest);
    }

    private static ColumnType decimal(int digits, double greatest) {
        if (digits > 18 || greatest * StrictMath.pow(10, digits) >= SAFE) {
            return new ColumnType.Floating();
        }
        return digits == 0 ? new ColumnType.Whole() : new ColumnType.Decimal(digits);
    }

    private ColumnType wideNumber() {
        double greatest = 0;
        double[] numbers = column.numbers();
        for (double number : numbers == null ? new double[0] : numbers) {
            greatest = Double.isNaN(number) ? greatest : Math.max(greatest, Math.abs(number));
        }
        return decimal(column.numberDigits(), greatest);
    }

    /** Whole numbers that never repeat in a column that is named like a key. */
    private boolean looksLikeKeys() {
        String name = column.name().toLowerCase(Locale.ROOT);
        boolean named = name.equals("id") || name.endsWith("_id") || name.endsWith(" id") || name.endsWith(".id")
                || column.name().endsWith("Id") || name.endsWith("-id");
        boolean unique = column.isWide() ? column.numbersAreIntegers() : column.texts().size() == column.values();
        return named && unique && column.values() >= FEW;
    }

    private Optional<ColumnType> booleans() {
        List<String> texts = column.texts();
        if (texts.size() != 2 || column.hasStrings()) {
            return Optional.empty();
        }
        return BOOLEANS.stream().map(pair -> pair.equals(lower(texts.get(0), texts.get(1)))
                ? new ColumnType.Bool(texts.get(0), texts.get(1))
                : pair.equals(lower(texts.get(1), texts.get(0))) ? new ColumnType.Bool(texts.get(1), texts.get(0)) : null)
                .filter(type -> type != null).<ColumnType> map(type -> type).findFirst();
    }

    private static List<String> lower(String first, String second) {
        return List.of(first.toLowerCase(Locale.ROOT), second.toLowerCase(Locale.ROOT));
    }

    private Optional<ColumnType> dates() {
        List<String> texts = column.texts();
        List<DateTimeFormat> formats = new ArrayList<>(DateTimeFormat.candidates(texts.get(0)));
        for (int i = 1; i < texts.size() && !formats.isEmpty(); i++) {
            String text = texts.get(i);
            formats.removeIf(format -> !format.accepts(text));
        }
        return formats.stream().findFirst().map(ColumnType.DateTime::new);
    }

    private ColumnType textual() {
        long values = column.values();
        double distinctShare = (double) column.texts().size() / values;
        if (values >= FEW && distinctShare > .5 && column.meanWords() >= 3 && column.meanLength() > 20) {
            return new ColumnType.FreeText();
        }
        boolean codes = column.meanWords() < 1.5
                && column.texts().stream().anyMatch(t -> t.chars().anyMatch(Character::isDigit));
        return values >= FEW && distinctShare > .95 && codes ? new ColumnType.Identifier(false)
                : new ColumnType.Categorical();
    }

    private ColumnType overridden(String type) {
        ColumnType result = switch (type) {
            case "integer" -> new ColumnType.Whole();
            case "decimal" -> column.isWide() ? wideNumber() : decimal(column.texts());
            case "floating" -> new ColumnType.Floating();
            case "boolean" -> booleans().orElseThrow(() -> contradicted(type, column.texts().get(0)));
            case "datetime" -> dates().orElseThrow(() -> contradicted(type, column.texts().get(0)));
            case "identifier" -> new ColumnType.Identifier(column.numbers() != null
                    || !column.hasStrings() && !column.isWide() && all(Numbers::isInteger));
            case "text" -> new ColumnType.FreeText();
            default -> new ColumnType.Categorical();
        };
        boolean wholeOnly = result instanceof ColumnType.Whole;
        boolean numeric = wholeOnly || result instanceof ColumnType.Decimal || result instanceof ColumnType.Floating;
        if (numeric && !column.isWide()) {
            for (String text : column.texts()) {
                if (!(wholeOnly ? Numbers.isInteger(text) || Numbers.isNonFinite(text) : isNumberLike(text))) {
                    throw contradicted(type, text);
                }
            }
        }
        boolean possible = !column.isWide() || (column.numbers() != null ? numeric || type.equals("identifier")
                : type.equals("identifier") || type.equals("text") || type.equals("datetime"));
        if (!possible) {
            throw new TableException("column " + column.name() + " has more than " + ColumnBuilder.MOST_DISTINCT
                    + " distinct values: it cannot be of type " + type);
        }
        return result;
    }

    private TableException contradicted(String type, String text) {
        return new TableException("column " + column.name() + " cannot be of type " + type + ": it has the value \""
                + ColumnBuilder.shorten(text) + "\"");
    }
}
