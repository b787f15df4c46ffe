package io.freshet.model.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.freshet.model.ColumnSummary;
import io.freshet.model.Constraint;
import io.freshet.model.DescribedModel;
import io.freshet.model.SynthesisModel;
import io.freshet.model.constraint.ConstrainedModel;
import io.freshet.model.constraint.DerivedColumn;
import io.freshet.model.copula.CopulaStratum;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.declared.DeclaredModel;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.ContinuousMarginal;
import io.freshet.model.marginal.ContinuousValues;
import io.freshet.model.marginal.FloatingValues;
import io.freshet.model.marginal.StepValues;
import io.freshet.model.meaning.MeaningModel;
import io.freshet.model.privacy.PrivateModel;
import io.freshet.model.relation.FoundRelation;
import io.freshet.table.ColumnType;
import io.freshet.table.NumberDictionary;
import io.freshet.table.Schema;
import io.freshet.table.TextDictionary;

/**
 * A summary of a model's columns for people.
 *
 * @param method the id of the method
 * @param rows how many rows it was fitted to
 * @param constraints that hold in every row
 * @param relations between the columns that were found in the table
 * @param strata the share of the rows that each part with a dependence of its own has; a single 1 where there are none
 */
public record ModelSummary(String method, long rows, List<ColumnSummary> columns, List<String> constraints,
        List<RelationSummary> relations, List<Double> strata) {

    public ModelSummary {
        columns = List.copyOf(columns);
        constraints = List.copyOf(constraints);
        relations = List.copyOf(relations);
        strata = List.copyOf(strata);
    }

    /**
     * A relation and its evidence.
     *
     * @param relation as users write it
     * @param kind what sort of relation it is
     * @param columns the column that follows from others, and those it follows from
     * @param rows how many rows of the table show it
     * @param rate the share of them that keep it
     */
    public record RelationSummary(String relation, String kind, List<String> columns, long rows, double rate) {

        public RelationSummary {
            columns = List.copyOf(columns);
        }

        static RelationSummary of(FoundRelation found, Schema schema) {
            List<String> columns = new ArrayList<>(List.of(schema.column(found.relation().target()).name()));
            found.relation().sources().forEach(source -> columns.add(schema.column(source).name()));
            return new RelationSummary(found.relation().text(schema), found.relation().kind(), columns, found.rows(),
                    found.rate());
        }
    }

    public static ModelSummary of(SynthesisModel model) {
        List<ColumnSummary> columns = new ArrayList<>();
        List<Double> strata = List.of();
        List<String> constraints = List.of();
        if (model instanceof MeaningModel texts) {
            return withTexts(of(texts.inner()), texts);
        }
        if (model instanceof DeclaredModel declared) {
            return new ModelSummary(model.method().id(), 0, declared.summaries(), constraints, List.of(), strata);
        }
        List<RelationSummary> relations = List.of();
        if (model instanceof PrivateModel noisy) {
            columns.addAll(noisy.trees().summaries());
        } else if (model.core() instanceof DescribedModel described) {
            columns.addAll(described.summaries());
        } else {
            GaussianCopula copula = GaussianCopula.of(model);
            copula.columns().forEach(column -> columns.add(summary(column)));
            strata = copula.strata().stream().map(CopulaStratum::share).toList();
        }
        if (model instanceof ConstrainedModel constrained) {
            columns.subList(model.schema().size(), columns.size()).clear();
            constrained.plan().derived().forEach(column -> columns.set(column.index(), summary(column,
                    columns.get(column.index()))));
            constrained.decidedColumns().forEach(columns::set);
            relations = constrained.plan().relations().relations().stream()
                    .map(found -> RelationSummary.of(found, constrained.schema())).toList();
            constraints = constrained.plan().constraints().stream().map(Constraint::text).toList();
        }
        return new ModelSummary(model.method().id(), model.fittedRows(), columns, constraints, relations, strata);
    }

    private static ModelSummary withTexts(ModelSummary inner, MeaningModel texts) {
        List<ColumnSummary> columns = new ArrayList<>(inner.columns);
        for (int c = 0; c < columns.size(); c++) {
            ColumnSummary column = columns.get(c);
            String type = texts.schema().column(c).type().typeName();
            String meaning = texts.plan().meaning(c).orElse(null);
            boolean listed = column.type().equals(type);
            if (!listed || meaning != null) {
                columns.set(c, new ColumnSummary(column.name(), type, column.missing(), listed ? column.distinct() : null,
                        listed ? column.least() : null, listed ? column.greatest() : null, listed ? column.shares() : null,
                        meaning));
            }
        }
        return new ModelSummary(inner.method, inner.rows, columns, inner.constraints, inner.relations, inner.strata);
    }

    private static ColumnSummary summary(DerivedColumn column, ColumnSummary inner) {
        ColumnType type = column.column().type();
        boolean days = column.constraint() instanceof Constraint.TimeOfDay;
        return new ColumnSummary(column.column().name(), type.typeName(), inner.missing(), null,
                days ? inner.least() : ColumnSummary.text(type, column.least()),
                days ? inner.greatest() : ColumnSummary.text(type, column.greatest()),
                null);
    }

    private static ColumnSummary summary(ColumnModel column) {
        String name = column.column().name();
        ColumnType type = column.column().type();
        double missing = column.missingShare();
        if (column.values() instanceof StepValues steps && type instanceof ColumnType.Missing == false) {
            if (steps.dictionary() instanceof TextDictionary texts) {
                return new ColumnSummary(name, column.column().typeName(), missing, texts.size(), null, null,
                        shares(texts, steps.shares()));
            }
            NumberDictionary numbers = (NumberDictionary) steps.dictionary();
            return new ColumnSummary(name, column.column().typeName(), missing, numbers.size(),
                    ColumnSummary.text(type, numbers.value(0)),
                    ColumnSummary.text(type, numbers.value(numbers.size() - 1)), null);
        }
        if (column.values() instanceof ContinuousValues || column.values() instanceof FloatingValues) {
            ContinuousMarginal marginal = column.values() instanceof ContinuousValues numbers ? numbers.marginal()
                    : ((FloatingValues) column.values()).marginal();
            return new ColumnSummary(name, column.column().typeName(), missing, null,
                    ColumnSummary.text(type, marginal.least()),
                    ColumnSummary.text(type, marginal.greatest()), null);
        }
        return new ColumnSummary(name, column.column().typeName(), missing, null, null, null, null);
    }

    private static Map<String, Double> shares(TextDictionary texts, double[] shareOf) {
        Map<String, Double> shares = new LinkedHashMap<>();
        IntStream.range(0, texts.size()).boxed()
                .sorted(Comparator.<Integer> comparingDouble(code -> -shareOf[code])).limit(ColumnSummary.MAX_SHARES)
                .forEach(code -> shares.put(texts.text(code), shareOf[code]));
        return shares;
    }
}
