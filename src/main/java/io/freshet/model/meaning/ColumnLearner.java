package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.model.TextMeaning;
import io.freshet.model.TextOptions;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;

/** Learns how to generate the texts of one column. */
final class ColumnLearner {

    private static final int EXAMPLES = 2_000;
    private static final int MIN_UNIQUE = 20;
    private static final int MIN_CHECKED = 10;
    private static final double CHECKED = .98;
    private static final double COMPOSED = .98;
    private static final long MIN_ROOM = 10_000;
    private static final int ROOM_PER_ROW = 4;
    /** Numbers that the table uses nearly all of, such as those of its rows, keep their width: they are no secret. */
    private static final int DENSE_ROOM_PER_ROW = 2;
    /** With this many possible texts per row of the table, a collision with a text of the table is negligible. */
    private static final double PLENTY = 1e6;

    private final int index;
    private final Column column;
    private final ColumnVector vector;
    private final long rows;
    private final int[] order;
    private final TextOptions options;
    private final Optional<TextMeaning> declared;

    /** @param order the row numbers, in an order that does not depend on the order of the file */
    ColumnLearner(int index, Column column, ColumnVector vector, long rows, int[] order, TextOptions options) {
        this.options = options;
        this.declared = options.meaning(column.name());
        this.index = index;
        this.column = column;
        this.vector = vector;
        this.rows = rows;
        this.order = order;
    }

    /**
     * Learns the column.
     *
     * @param vectors the vectors of all columns
     * @param sources the columns from which the texts may be composed
     * @return the learned column, or empty if its texts have no form, or if it holds no texts and is not composed of other
     *         columns
     */
    Optional<TextColumn> learn(List<ColumnVector> vectors, List<Integer> sources) {
        ReferenceFinder finder = new ReferenceFinder(vector, vectors, order);
        List<Reference> references = finder.find(sources);
        if (!isText() && references.isEmpty() && declared.isEmpty()) {
            return Optional.empty();
        }
        int[] examples = IntStream.of(order).filter(row -> !vector.isMissing(row)).limit(EXAMPLES).toArray();
        int[] full = IntStream.of(examples).filter(row -> have(vectors, row, references)).toArray();
        List<FormLearner.Learned> learned = learn(finder, references, 2 * full.length >= examples.length ? full : examples);
        List<FormLearner.Learned> forms = declared
                .map(meaning -> MeaningForms.of(meaning, hints(), learned, texts(examples))).orElse(learned);
        if (forms.isEmpty() || !isText() && !areComposed(forms)) {
            return Optional.empty();
        }
        List<FormLearner.Learned> rest = full.length == examples.length || 2 * full.length < examples.length ? List.of()
                : learn(finder, List.of(), IntStream.of(examples).filter(row -> !have(vectors, row, references)).toArray());
        return Optional.of(column(forms, rest));
    }

    private ColumnHints hints() {
        return declared.map(meaning -> ColumnHints.of(column.name(), meaning)).orElseGet(() -> ColumnHints.of(column.name()));
    }

    private List<String> texts(int[] examples) {
        return IntStream.of(examples).mapToObj(this::text).filter(text -> !text.isEmpty()).toList();
    }

    private boolean isText() {
        return column.type() instanceof ColumnType.Identifier || column.type() instanceof ColumnType.FreeText;
    }

    private static boolean have(List<ColumnVector> vectors, int row, List<Reference> references) {
        return references.stream().noneMatch(reference -> vectors.get(reference.column()).isMissing(row));
    }

    private List<FormLearner.Learned> learn(ReferenceFinder finder, List<Reference> references, int[] examples) {
        List<String> texts = new ArrayList<>();
        List<List<ReferenceFinder.Found>> found = new ArrayList<>();
        for (int row : examples) {
            String text = text(row);
            if (!text.isEmpty()) {
                texts.add(text);
                found.add(finder.found(text, row, references));
            }
        }
        return texts.isEmpty() ? List.of() : new FormLearner(hints(), rows).learn(texts, found);
    }

    private String text(int row) {
        String text = RowTexts.text(vector, row);
        return text == null ? "" : text;
    }

    /**
     * Returns whether nearly all texts consist only of the texts of two or more other columns, or are e-mail addresses built
     * from another column.
     */
    private static boolean areComposed(List<FormLearner.Learned> forms) {
        int all = forms.stream().mapToInt(FormLearner.Learned::examples).sum();
        int composed = forms.stream().map(FormLearner.Learned::form).allMatch(TextForm::isMail)
                ? forms.stream().filter(form -> !form.form().sources().isEmpty()).mapToInt(FormLearner.Learned::examples).sum()
                : forms.stream().filter(form -> form.form().isComposed() && form.form().sources().size() > 1)
                        .mapToInt(FormLearner.Learned::examples).sum();
        return composed >= COMPOSED * all;
    }

    private TextColumn column(List<FormLearner.Learned> learned, List<FormLearner.Learned> rest) {
        List<String> texts = IntStream.of(order).filter(row -> !vector.isMissing(row)).mapToObj(this::text).toList();
        boolean unique = texts.size() >= MIN_UNIQUE && new HashSet<>(texts).size() == texts.size();
        List<TextForm> forms = new ArrayList<>();
        List<Double> bounds = new ArrayList<>();
        int all = learned.stream().mapToInt(FormLearner.Learned::examples).sum();
        int sum = 0;
        for (FormLearner.Learned form : learned) {
            forms.add(form.form());
            sum += form.examples();
            bounds.add((double) sum / all);
        }
        rest.forEach(form -> {
            forms.add(form.form());
            bounds.add(1.0);
        });
        CheckDigits check = declared.map(MeaningForms::check).orElseGet(() -> Optional.ofNullable(check(texts))).orElse(null);
        Optional<TextForm> sequence = options.continued() && unique && check == null && rest.isEmpty() && isText()
                ? SequenceLearner.learn(texts, values(texts))
                : Optional.empty();
        if (sequence.isPresent()) {
            return new TextColumn(index, column, meaning(), List.of(sequence.get()), List.of(1.0), true, true, null,
                    SeenTexts.NONE, List.of());
        }
        boolean counted = unique && check == null && forms.stream().allMatch(TextForm::isCounted);
        List<TextForm> wide = counted ? forms.stream().map(form -> wide(form, texts)).toList() : forms;
        List<FreeNumbers> free = counted ? wide.stream().map(form -> free(form, texts)).toList() : List.of();
        Column drawn = isText() ? column
                : new Column(column.name(), new ColumnType.FreeText(), column.nullable(), column.path())
                        .withAbsent(column.absent());
        return new TextColumn(index, drawn, meaning(), wide, bounds, unique, true, check, seen(wide, texts, counted), free);
    }

    private String meaning() {
        return declared.map(TextMeaning::id).orElse("");
    }

    /** Returns how many texts the table has, of which some may not be in the sample. */
    private long values(List<String> texts) {
        return Math.round((double) texts.size() * rows / order.length);
    }

    private TextForm wide(TextForm form, List<String> texts) {
        if (!form.isOnlyCounted()) {
            return form;
        }
        return form.widened(isDense(form, texts) ? DENSE_ROOM_PER_ROW * rows : Math.max(MIN_ROOM, ROOM_PER_ROW * rows));
    }

    private static boolean isDense(TextForm form, List<String> texts) {
        LongSummaryStatistics used = texts.stream().mapToLong(form::numberOf).filter(number -> number >= 0).summaryStatistics();
        return used.getCount() > 0 && used.getMax() - used.getMin() < DENSE_ROOM_PER_ROW * used.getCount();
    }

    private static FreeNumbers free(TextForm form, List<String> texts) {
        if (!form.isOnlyCounted() || form.size() > PLENTY * texts.size()) {
            return FreeNumbers.all(form.size());
        }
        return FreeNumbers.without(texts.stream().mapToLong(form::numberOf).filter(number -> number >= 0).toArray(),
                form.size());
    }

    private static SeenTexts seen(List<TextForm> forms, List<String> texts, boolean counted) {
        boolean plenty = forms.stream().allMatch(form -> form.isComposed() || form.variety() > PLENTY * texts.size()
                || counted && form.isOnlyCounted());
        return plenty ? SeenTexts.NONE : SeenTexts.of(texts);
    }

    private static @Nullable CheckDigits check(List<String> texts) {
        if (texts.size() < MIN_CHECKED) {
            return null;
        }
        List<String> some = texts.subList(0, Math.min(EXAMPLES, texts.size()));
        Set<Integer> lengths = new HashSet<>();
        some.forEach(text -> lengths.add(text.length()));
        for (CheckDigits check : CheckDigits.values()) {
            if (lengths.size() <= 4 && some.stream().filter(check::isRight).count() >= CHECKED * some.size()) {
                return check;
            }
        }
        return null;
    }
}
