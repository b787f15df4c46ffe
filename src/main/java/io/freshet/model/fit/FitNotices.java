package io.freshet.model.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.freshet.model.DescribedModel;
import io.freshet.model.FittedModel;
import io.freshet.model.MethodChoice;
import io.freshet.model.SynthesisModel;
import io.freshet.model.constraint.ConstrainedModel;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.gan.GanModel;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.TextValues;
import io.freshet.model.meaning.MeaningModel;
import io.freshet.model.relation.FoundRelation;
import io.freshet.model.relation.ReferenceNames;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Notice;
import io.freshet.table.NumberVector;
import io.freshet.table.RareNames;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;

/** Creates notices about what the owner of a table may not expect of the model that was fitted to it. */
public final class FitNotices {

    /** An identifier with more distinct values than this does not run out. */
    private static final long MANY_IDENTIFIERS = 10_000_000;

    /** Fewer numbers are a choice, not references. */
    private static final int MIN_REFERENCES = 20;
    /** Numbers that repeat less are no references. */
    private static final double MAX_REFERENCES = .8;

    private FitNotices() {
    }

    /** Returns the notices of reading the table, and those of fitting. */
    public static List<Notice> of(TableSample sample, FittedModel fitted) {
        List<Notice> notices = new ArrayList<>(sample.notices());
        fitted.choice().filter(choice -> !choice.detection().isEmpty())
                .ifPresent(choice -> notices.add(Notice.ofTable(text(choice))));
        if (sample.totalRows() == 1) {
            notices.add(Notice.ofTable("The table has one row: every row of the model repeats its values."));
        }
        addTraining(fitted.model(), notices);
        for (int c = 0; c < sample.schema().size(); c++) {
            if (fitted.model().schema().column(c).type().equals(sample.schema().column(c).type())) {
                addRareNames(sample, c, notices);
            }
        }
        SynthesisModel rest = fitted.model() instanceof MeaningModel texts ? texts.inner() : fitted.model();
        if (rest instanceof ConstrainedModel constrained) {
            addRelations(constrained, notices);
        }
        addReferences(sample, rest, notices);
        capacities(fitted.model()).forEach((column, capacity) -> addCapacity(column, capacity, notices));
        if (fitted.model() instanceof MeaningModel texts) {
            notices.addAll(texts.plan().notices());
        }
        return notices;
    }

    private static String text(MethodChoice choice) {
        String scores = choice.detection().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(score -> String.format(Locale.ROOT, "%s %.3f", score.getKey().id(), score.getValue()))
                .collect(Collectors.joining(", "));
        return "The method is " + choice.method().id()
                + ", selected by how well a classifier distinguishes generated rows from held-out "
                + "rows of the table (AUC; 0.5 means not at all): " + scores + ".";
    }

    private static void addTraining(SynthesisModel model, List<Notice> notices) {
        SynthesisModel inner = model instanceof MeaningModel texts ? texts.inner() : model;
        if ((inner instanceof ConstrainedModel constrained ? constrained.inner() : inner) instanceof GanModel gan
                && gan.report().isBounded()) {
            notices.add(Notice.ofTable("Training stopped after " + gan.report().epochs() + " of "
                    + gan.report().plannedEpochs() + " epochs (" + gan.report().steps()
                    + " steps), because its time was limited by max_seconds."));
        }
    }

    private static void addRareNames(TableSample sample, int index, List<Notice> notices) {
        Column column = sample.schema().column(index);
        if (column.type() instanceof ColumnType.Categorical && sample.rows().vector(index) instanceof CodedVector coded
                && coded.dictionary() instanceof TextDictionary names) {
            int kept = ColumnReading.frequentNames(column, sample.valueCounts().get(index)).length;
            if (kept < names.size()) {
                notices.add(Notice.ofColumn(column.name(), "The model omits " + (names.size() - kept) + " of "
                        + names.size() + " values, because fewer than " + RareNames.FEWEST_ROWS + " rows have each."));
            }
        }
    }

    private static void addRelations(ConstrainedModel model, List<Notice> notices) {
        List<FoundRelation> relations = model.plan().relations().relations();
        long found = relations.stream().filter(relation -> !relation.declared()).count();
        if (found > 0) {
            notices.add(Notice.ofTable("The model keeps " + found + (found == 1 ? " relation" : " relations")
                    + " that the rows of the table show; the description of the model lists them; -relation=… "
                    + "leaves one out, and relations=none all of them."));
        }
        for (FoundRelation relation : relations) {
            if (relation.broken() > 0) {
                notices.add(Notice.ofColumn(model.schema().column(relation.relation().target()).name(),
                        "The relation " + relation.relation().text(model.schema()) + " does not hold in " + relation.broken()
                                + " of " + relation.rows() + " rows; the model keeps it at this rate."));
            }
        }
    }

    /** Points out integers that look like references, of which too few rows share each to keep them. */
    private static void addReferences(TableSample sample, SynthesisModel model, List<Notice> notices) {
        for (int c = 0; c < sample.schema().size(); c++) {
            Column column = sample.schema().column(c);
            boolean decided = model instanceof ConstrainedModel constrained && constrained.plan().relations().decides(c);
            if (column.type() instanceof ColumnType.Whole && !decided && ReferenceNames.contain(column.name())
                    && sample.rows().vector(c) instanceof NumberVector numbers && haveGaps(numbers, sample.rows().size())) {
                notices.add(Notice.ofColumn(column.name(),
                        "The numbers look like references to something else, but most occur in "
                                + "too few rows to be disclosed: others between them are drawn as well. type." + column.name()
                                + "=categorical draws only those of the table, if they do not identify anyone."));
            }
        }
    }

    /** Returns whether numbers repeat, and do not include all between the least and the greatest. */
    private static boolean haveGaps(NumberVector numbers, int rows) {
        long[] present = Arrays.stream(numbers.values(), 0, rows).filter(number -> number != NumberVector.MISSING).sorted()
                .toArray();
        long distinct = Arrays.stream(present).distinct().count();
        return distinct >= MIN_REFERENCES && distinct < MAX_REFERENCES * present.length
                && distinct <= present[present.length - 1] - present[0];
    }

    private static Map<Column, Long> capacities(SynthesisModel model) {
        if (model instanceof MeaningModel texts) {
            Map<Column, Long> capacities = capacities(texts.inner());
            capacities.keySet().removeIf(column -> texts.plan().has(texts.schema().indexOf(column.name())));
            capacities.putAll(texts.plan().capacities());
            return capacities;
        }
        if (model instanceof ConstrainedModel constrained) {
            return capacities(constrained.inner());
        }
        if (model instanceof DescribedModel described) {
            return described.textCapacities();
        }
        Map<Column, Long> capacities = new LinkedHashMap<>();
        for (ColumnModel column : GaussianCopula.of(model).columns()) {
            if (column.values() instanceof TextValues texts) {
                capacities.put(column.column(), texts.pattern().size());
            }
        }
        return capacities;
    }

    private static void addCapacity(Column column, long capacity, List<Notice> notices) {
        if (column.type() instanceof ColumnType.Identifier && capacity < MANY_IDENTIFIERS) {
            notices.add(Notice.ofColumn(column.name(), "The form of these identifiers has room for " + capacity
                    + " different ones that the table does not have; those of later rows are longer."));
        }
    }
}
