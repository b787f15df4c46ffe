package io.freshet.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Set;

import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

import io.freshet.parquet.RowReceiver.ValueKind;

/**
 * The value of one cell as a text in the notation of CSV. A number whose format shows a date is a date. Not thread-safe.
 */
final class ExcelCells {

    private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);
    private static final LocalDate EPOCH_1904 = LocalDate.of(1904, 1, 1);
    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final double MAX_DAYS = 2_958_466;
    /** Excel calculates with 15 digits; further ones are errors of binary fractions. */
    private static final MathContext PRECISION = new MathContext(15);
    private static final Set<String> ERRORS = Set.of("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!");
    /** Formats of dates and times that are known by their numbers alone. */
    private static final int FIRST_DATE = 14;
    private static final int LAST_DATE = 17;
    private static final int LAST_TIME = 21;
    private static final int DATE_AND_TIME = 22;

    private final LocalDate epoch;
    private String text = "";
    private ValueKind kind = ValueKind.TEXT;

    /** @param from1904 whether days are counted from 1904 */
    ExcelCells(boolean from1904) {
        this.epoch = from1904 ? EPOCH_1904 : EPOCH;
    }

    String text() {
        return text;
    }

    ValueKind kind() {
        return kind;
    }

    /**
     * Sets the value to that of a cell. A formula has the value that was calculated last.
     *
     * @return whether there is a value; an error such as #N/A is none
     */
    boolean set(Cell cell) {
        Object value = cell.getValue();
        if (value == null || cell.getType() == CellType.ERROR || ERRORS.contains(value.toString())) {
            return false;
        }
        if (value instanceof BigDecimal number) {
            setNumber(number, cell.getDataFormatId(), cell.getDataFormatString());
        } else {
            kind = value instanceof Boolean ? ValueKind.BOOLEAN : ValueKind.TEXT;
            text = value.toString();
        }
        return true;
    }

    private void setNumber(BigDecimal number, @Nullable Integer format, @Nullable String pattern) {
        String letters = pattern == null ? letters(format == null ? 0 : format) : letters(pattern);
        boolean date = letters.indexOf('d') >= 0 || letters.indexOf('y') >= 0;
        boolean time = letters.indexOf('h') >= 0 || letters.indexOf('s') >= 0;
        double days = number.doubleValue();
        if (!date && !time || days < 0 || days >= MAX_DAYS) {
            kind = ValueKind.NUMBER;
            BigDecimal rounded = number.round(PRECISION).stripTrailingZeros();
            text = rounded.scale() < -PRECISION.getPrecision() ? rounded.toString() : rounded.toPlainString();
            return;
        }
        kind = ValueKind.TIME;
        long millis = Math.round(days * MILLIS_PER_DAY);
        String day = epoch.plusDays(Math.floorDiv(millis, MILLIS_PER_DAY)).toString();
        String clock = clock(Math.floorMod(millis, MILLIS_PER_DAY));
        text = date && time ? day + ' ' + clock : date ? day : clock;
    }

    private static String clock(long millis) {
        String clock = LocalTime.ofNanoOfDay(millis * 1_000_000).toString();
        return clock.length() == "00:00".length() ? clock + ":00" : clock;
    }

    private static String letters(int format) {
        if (format >= FIRST_DATE && format <= LAST_DATE) {
            return "d";
        }
        boolean time = format > LAST_DATE && format <= LAST_TIME || format >= 45 && format <= 47;
        return format == DATE_AND_TIME ? "dh" : time ? "h" : "";
    }

    /** Returns the letters of a format, without quoted texts, escaped characters and what is in brackets, such as a colour. */
    private static String letters(String pattern) {
        return pattern.replaceAll("\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?![hms]+])[^]]*]|General", "").toLowerCase(Locale.ROOT)
                .split(";", 2)[0];
    }
}
