package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.table.ColumnVector;

/**
 * Finds the columns that the texts of a column contain, such as first and last names in e-mail addresses. To rule out chance,
 * each match is compared with matches against other rows.
 */
final class ReferenceFinder {

    private static final int EXAMPLES = 300;
    private static final int MAX_SOURCES = 100;
    /** Rows that are examined before a source is tried with all its changes. */
    private static final int FEW = 40;
    private static final int MIN_LENGTH = 2;
    private static final double MIN_SHARE = .1;
    private static final double MAX_CHANCE = .35;
    /** A match in nearly every row is accepted despite many chance matches, because the source may have only a few names. */
    private static final double SURE = .98;
    private static final double SURE_CHANCE = .8;
    private static final List<TextChange> CHANGES = List.of(TextChange.AS_IS, TextChange.LOWER, TextChange.UPPER,
            TextChange.FOLDED, TextChange.FOLDED_UMLAUTS, TextChange.HYPHENS);

    private final ColumnVector target;
    private final List<ColumnVector> vectors;
    private final int[] rows;

    /** The position at which a text shows a column. */
    record Found(int from, int to, Reference reference) {
    }

    /** @param rows the row numbers, in an order that does not depend on the order of the file */
    ReferenceFinder(ColumnVector target, List<ColumnVector> vectors, int[] rows) {
        this.target = target;
        this.vectors = vectors;
        this.rows = java.util.Arrays.stream(rows).filter(row -> !target.isMissing(row)).limit(EXAMPLES).toArray();
    }

    /** Returns the references that the texts of the target contain, the most certain first. */
    List<Reference> find(List<Integer> sources) {
        List<Reference> whole = new ArrayList<>();
        List<Integer> likely = sources.stream().limit(MAX_SOURCES).filter(this::mayShow).toList();
        for (int source : likely) {
            for (int word : new int[] { Reference.ALL, 0, Reference.LAST }) {
                Reference best = best(source, word);
                if (best != null) {
                    whole.add(best);
                }
            }
        }
        List<Reference> all = new ArrayList<>(whole);
        for (int source : whole.isEmpty() ? List.<Integer> of() : sources.subList(0, Math.min(MAX_SOURCES, sources.size()))) {
            for (int word : new int[] { Reference.ALL, 0, Reference.LAST }) {
                for (TextChange change : List.of(TextChange.INITIAL, TextChange.UPPER_INITIAL)) {
                    addInitial(new Reference(source, word, change), whole, all);
                }
            }
        }
        return all;
    }

    /** Returns whether one of the first texts contains a word of the source, ignoring case and accents. */
    private boolean mayShow(int source) {
        for (int i = 0; i < Math.min(FEW, rows.length); i++) {
            String text = RowTexts.text(target, rows[i]);
            String other = RowTexts.text(vectors.get(source), rows[i]);
            if (text != null && other != null) {
                String lower = TextChange.LOWER.apply(text);
                String folded = TextChange.FOLDED.apply(text);
                for (int word : new int[] { Reference.ALL, 0, Reference.LAST }) {
                    String part = new Reference(source, word, TextChange.LOWER).of(other);
                    String plain = TextChange.FOLDED.apply(part);
                    if (part.length() >= MIN_LENGTH && lower.contains(part)
                            || plain.length() >= MIN_LENGTH && folded.contains(plain)
                            || folded.contains(TextChange.FOLDED_UMLAUTS.apply(part)) && part.length() >= MIN_LENGTH) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private @Nullable Reference best(int source, int word) {
        Reference best = null;
        double max = MIN_SHARE;
        for (TextChange change : CHANGES) {
            Reference reference = new Reference(source, word, change);
            double share = share(reference, 0);
            if (share > max + .01 && share(reference, rows.length / 2) < (share >= SURE ? SURE_CHANCE : MAX_CHANCE) * share) {
                best = reference;
                max = share;
            }
        }
        return best;
    }

    /**
     * Returns the share of texts that contain the source of the row {@code shift} positions further on. With a shift of 0 this
     * is the same row; with a large shift it measures chance.
     */
    private double share(Reference reference, int shift) {
        int shown = 0;
        int all = 0;
        for (int i = 0; i < rows.length; i++) {
            String text = RowTexts.text(target, rows[i]);
            String source = RowTexts.text(vectors.get(reference.column()), rows[(i + shift) % rows.length]);
            if (text != null && source != null) {
                String part = reference.of(source);
                all++;
                shown += part.length() >= MIN_LENGTH && text.contains(part) ? 1 : 0;
            }
        }
        return all == 0 ? 0 : (double) shown / all;
    }

    private void addInitial(Reference initial, List<Reference> whole, List<Reference> all) {
        int shown = 0;
        int chance = 0;
        for (int i = 0; i < rows.length; i++) {
            String text = RowTexts.text(target, rows[i]);
            String source = RowTexts.text(vectors.get(initial.column()), rows[i]);
            String other = RowTexts.text(vectors.get(initial.column()), rows[(i + rows.length / 2) % rows.length]);
            List<Found> found = text == null ? List.of() : located(text, rows[i], whole);
            if (text != null && source != null && other != null && !found.isEmpty()
                    && found.stream().noneMatch(there -> there.reference().column() == initial.column()
                            && sameWord(there.reference(), initial))) {
                shown += place(text, initial.of(source), found) >= 0 ? 1 : 0;
                chance += place(text, initial.of(other), found) >= 0 ? 1 : 0;
            }
        }
        if (shown > MIN_SHARE * rows.length && chance < MAX_CHANCE * shown
                && all.stream().noneMatch(known -> known.column() == initial.column() && known.word() == initial.word()
                        && known.change().isInitial())) {
            all.add(initial);
        }
    }

    private static boolean sameWord(Reference a, Reference b) {
        return a.word() == b.word() || a.word() == Reference.ALL;
    }

    /**
     * Returns the position of an initial, which stands before or after a reference with at most one separator between them; −1
     * if the text has no such initial.
     */
    private static int place(String text, String initial, List<Found> found) {
        if (initial.isEmpty()) {
            return -1;
        }
        for (Found reference : found) {
            int before = reference.from() - 1;
            if (before == 0 && text.startsWith(initial)
                    || before == 1 && text.startsWith(initial) && !Character.isLetterOrDigit(text.charAt(1))) {
                return 0;
            }
            int after = reference.to();
            if (after < text.length() && !Character.isLetterOrDigit(text.charAt(after))) {
                after++;
            }
            boolean ends = after + 1 >= text.length() || !Character.isLetter(text.charAt(after + 1));
            if (after < text.length() && ends && text.startsWith(initial, after) && text.charAt(after - 1) != '@') {
                return after;
            }
        }
        return -1;
    }

    /** Returns the positions at which a text of a row shows the references, from left to right. */
    List<Found> found(String text, int row, List<Reference> references) {
        List<Found> found = located(text, row, references);
        for (Reference reference : found.isEmpty() ? List.<Reference> of() : references) {
            String source = reference.change().isInitial() ? RowTexts.text(vectors.get(reference.column()), row) : null;
            if (source != null && found.stream().noneMatch(there -> there.reference().column() == reference.column()
                    && sameWord(there.reference(), reference))) {
                int at = place(text, reference.of(source), found);
                if (at >= 0 && found.stream().noneMatch(there -> at >= there.from() && at < there.to())) {
                    found.add(new Found(at, at + reference.of(source).length(), reference));
                }
            }
        }
        found.sort(Comparator.comparingInt(Found::from));
        return found;
    }

    private List<Found> located(String text, int row, List<Reference> references) {
        List<Found> candidates = new ArrayList<>();
        for (Reference reference : references) {
            String source = reference.change().isInitial() ? null : RowTexts.text(vectors.get(reference.column()), row);
            String part = source == null ? "" : reference.of(source);
            int at = part.length() < MIN_LENGTH ? -1 : text.indexOf(part);
            if (at >= 0) {
                candidates.add(new Found(at, at + part.length(), reference));
            }
        }
        candidates.sort(Comparator.comparingInt(found -> found.from() - found.to()));
        List<Found> found = new ArrayList<>();
        for (Found candidate : candidates) {
            if (found.stream().noneMatch(there -> candidate.from() < there.to() && there.from() < candidate.to())) {
                found.add(candidate);
            }
        }
        found.sort(Comparator.comparingInt(Found::from));
        return found;
    }
}
