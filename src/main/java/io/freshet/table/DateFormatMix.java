package io.freshet.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Finds the few formats in which a column writes its dates, if there are more than one. */
final class DateFormatMix {

    private static final int MAX_FORMATS = 3;
    private static final int MAX_TRIED_TEXTS = 200;
    private static final int MIN_CELLS = 2;

    private DateFormatMix() {
    }

    /**
     * Returns the formats, each of which parses most of the cells that the previous ones do not. The first one is the format of
     * most cells or, if others have a time of day, one that has it, too. Empty if more than a few {@link OddCells} are left
     * over.
     *
     * @param values the number of values of the column
     */
    static List<DateTimeFormat> of(DistinctTexts texts, long values) {
        Set<DateTimeFormat> candidates = new LinkedHashSet<>();
        for (int code = 0; code < Math.min(texts.size(), MAX_TRIED_TEXTS); code++) {
            candidates.addAll(DateTimeGuess.candidates(texts.text(code)));
        }
        boolean[] read = new boolean[texts.size()];
        for (int code = 0; code < read.length; code++) {
            read[code] = PlaceHolders.contain(texts.text(code));
        }
        List<DateTimeFormat> chosen = new ArrayList<>();
        while (chosen.size() < MAX_FORMATS && unread(texts, read) > 0) {
            DateTimeFormat next = best(candidates, texts, read);
            if (next == null) {
                break;
            }
            chosen.add(next);
        }
        chosen.sort((a, b) -> Boolean.compare(b.hasTime(), a.hasTime()));
        long left = unread(texts, read);
        return left == 0 || OddCells.areFew(left, values) ? chosen : List.of();
    }

    private static long unread(DistinctTexts texts, boolean[] read) {
        long cells = 0;
        for (int code = 0; code < read.length; code++) {
            cells += read[code] ? 0 : texts.count(code);
        }
        return cells;
    }

    /** Returns the format that parses most of the remaining cells, and removes those; null if none parses at least two. */
    private static @Nullable DateTimeFormat best(Set<DateTimeFormat> candidates, DistinctTexts texts,
            boolean[] read) {
        DateTimeFormat best = null;
        long max = MIN_CELLS - 1;
        for (DateTimeFormat format : candidates) {
            long cells = 0;
            for (int code = 0; code < read.length; code++) {
                cells += !read[code] && accepts(format, texts, code) ? texts.count(code) : 0;
            }
            if (cells > max) {
                best = format;
                max = cells;
            }
        }
        for (int code = 0; best != null && code < read.length; code++) {
            read[code] |= accepts(best, texts, code);
        }
        return best;
    }

    private static boolean accepts(DateTimeFormat format, DistinctTexts texts, int code) {
        return format.micros(texts.pool(), texts.start(code), texts.length(code)) != DateTimePattern.INVALID;
    }
}
