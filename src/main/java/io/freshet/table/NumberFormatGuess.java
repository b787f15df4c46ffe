package io.freshet.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.table.NumberFormat.Negative;

/** Finds the format in which a column writes its numbers if they have signs, units or separators. */
final class NumberFormatGuess {

    private static final List<String> GROUPINGS = List.of(",", ".", " ", "'", "\u2019", "\u00A0", "\u202F", "");
    private static final int MIN_NUMBERS = 3;

    private final List<NumberParts> numbers = new ArrayList<>();
    private final @Nullable Character decimal;

    private NumberFormatGuess(@Nullable Character decimal) {
        this.decimal = decimal;
    }

    /**
     * Returns the format of all texts except for placeholders and a few others.
     *
     * @param values the number of values of the column
     * @param decimal the decimal mark of the table; null if it is not known
     */
    static Optional<NumberFormat> of(DistinctTexts texts, long values, @Nullable Character decimal) {
        NumberFormatGuess guess = new NumberFormatGuess(decimal);
        long odd = 0;
        for (int code = 0; code < texts.size(); code++) {
            String text = texts.text(code);
            NumberParts parts = NumberParts.of(text);
            if (parts != null && guess.isAlike(parts)) {
                guess.numbers.add(parts);
            } else if (!PlaceHolders.contain(text)) {
                odd += texts.count(code);
                if (!OddCells.areFew(odd, values)) {
                    return Optional.empty();
                }
            }
        }
        return guess.numbers.size() < MIN_NUMBERS ? Optional.empty() : guess.format();
    }

    /** Returns whether a number has the same currency and unit as the first one. */
    private boolean isAlike(NumberParts parts) {
        return numbers.isEmpty() || numbers.get(0).prefix().equals(parts.prefix())
                && numbers.get(0).suffix().equals(parts.suffix());
    }

    private Optional<NumberFormat> format() {
        String prefix = numbers.get(0).prefix();
        String suffix = numbers.get(0).suffix();
        Negative negative = numbers.stream().map(NumberParts::negative).filter(sign -> sign != null).findFirst()
                .orElse(Negative.MINUS_FIRST);
        for (char mark : decimal != null && decimal == ',' ? new char[] { ',', '.' } : new char[] { '.', ',' }) {
            for (String grouping : GROUPINGS) {
                if (!grouping.equals(String.valueOf(mark)) && fits(mark, grouping)) {
                    NumberFormat format = new NumberFormat(prefix, suffix, mark, grouping, negative);
                    return format.isPlain() ? Optional.empty() : Optional.of(format);
                }
            }
        }
        return Optional.empty();
    }

    /** Returns whether all numbers can be read with these marks, and at least one uses a separator of thousands. */
    private boolean fits(char mark, String grouping) {
        boolean grouped = grouping.isEmpty();
        int digits = -1;
        boolean even = true;
        for (NumberParts number : numbers) {
            String plain = number.digits(mark, grouping);
            if (plain.isEmpty() || plain.length() > 1 && plain.startsWith("0") && plain.charAt(1) != '.') {
                return false;
            }
            grouped |= number.isGrouped(grouping);
            even &= digits < 0 || number.fraction(mark) == digits;
            digits = number.fraction(mark);
        }
        // "1,5" and "10,25" may be lists if the table has no other decimal commas
        return grouped && (even || mark == '.' || decimal != null || !grouping.isEmpty());
    }
}
