package io.freshet.model.constraint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.model.Conditions;
import io.freshet.model.Operator;
import io.freshet.model.marginal.CategoryTest;
import io.freshet.model.marginal.ValueRanges;
import io.freshet.model.relation.AtLeast;
import io.freshet.model.relation.ExclusiveFlag;
import io.freshet.model.relation.FoundRelation;
import io.freshet.model.relation.Gate;
import io.freshet.model.relation.Increment;
import io.freshet.model.relation.Keys;
import io.freshet.model.relation.LinearSum;
import io.freshet.model.relation.Lookup;
import io.freshet.model.relation.Reference;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/** What a condition on a column that a relation decides demands of the columns it follows from. */
public final class RelatedConditions {

    private final Schema schema;
    private final ImpliedConditions implied;

    public RelatedConditions(Schema schema, ImpliedConditions implied) {
        this.schema = schema;
        this.implied = implied;
    }

    /**
     * Conditions that hold wherever the one on the target does; none where the relation says too little.
     *
     * @throws ConditionException if no row can satisfy the condition
     */
    public List<ColumnCondition> of(List<FoundRelation> chain, ColumnCondition condition) {
        FoundRelation found = chain.get(0);
        boolean ofMissing = condition.operator() == Operator.IS_NULL && found.gaps() != FoundRelation.Gaps.NONE;
        if (chain.size() > 1 || found.isLearned() || ofMissing) {
            return List.of();
        }
        if (found.relation() instanceof Lookup lookup && lookup.keys().size() == 1) {
            return ofLookup(lookup, condition);
        }
        if (found.relation() instanceof Gate gate) {
            return isApartFrom(gate, condition) ? List.of(condition) : List.of();
        }
        if (found.relation() instanceof Increment) {
            return List.of(condition);
        }
        if (condition.operator() == Operator.IS_NULL) {
            return List.of();
        }
        if (found.relation() instanceof ExclusiveFlag flag) {
            return ofFlag(flag, condition);
        }
        if (found.relation() instanceof Reference reference) {
            return ofReference(reference, condition);
        }
        if (found.relation() instanceof LinearSum sum && sum.scale() == 1) {
            return ofSum(sum, implied.wanted(schema.column(sum.target()), condition));
        }
        return found.relation() instanceof AtLeast order && order.lessers().size() == 1 && order.caps().isEmpty()
                ? ofOrder(order, implied.wanted(schema.column(order.target()), condition))
                : List.of();
    }

    /** Returns whether no special row satisfies a condition, so that those must whose values were drawn. */
    private boolean isApartFrom(Gate gate, ColumnCondition condition) {
        if (condition.operator() == Operator.IS_NULL) {
            return false;
        }
        return gate.special().isEmpty() || new ValueRanges(schema.column(gate.target())).of(condition).stream()
                .noneMatch(range -> range.from() <= gate.special().get(0) && gate.special().get(0) < range.to());
    }

    /** Where a flag of numbers is set, those before it are clear. */
    private List<ColumnCondition> ofFlag(ExclusiveFlag flag, ColumnCondition condition) {
        if (!(schema.column(flag.target()).type() instanceof ColumnType.Whole) || new ValueRanges(schema.column(flag.target()))
                .of(condition).stream().anyMatch(range -> range.from() <= 0 && 0 < range.to())) {
            return List.of();
        }
        List<ColumnCondition> conditions = new ArrayList<>(flag.last() ? List.of() : List.of(condition));
        for (int i = 0; i < flag.others().size(); i++) {
            Column other = schema.column(flag.others().get(i));
            if (other.type() instanceof ColumnType.Whole) {
                ColumnCondition clear = new ColumnCondition(other.name(), Operator.EQ, List.of(0));
                // the first flag may follow from other columns; the next ones are as they were drawn if those before are clear
                conditions.addAll(i == 0 ? implied.of(clear) : List.of(clear));
            }
        }
        return conditions;
    }

    /** Numbers that become the wanted ones, because those are the nearest that name something. */
    private List<ColumnCondition> ofReference(Reference reference, ColumnCondition condition) {
        Column column = schema.column(reference.target());
        List<ValueRanges.Range> wanted = new ValueRanges(column).of(condition);
        List<Integer> places = IntStream.range(0, reference.values().size()).filter(i -> wanted.stream()
                .anyMatch(range -> range.from() <= reference.values().get(i) && reference.values().get(i) < range.to()))
                .boxed().toList();
        if (places.isEmpty()) {
            throw new ConditionException(column.name(), column.name() + " never has such a value");
        }
        return around(column, reference.values(), places);
    }

    private List<ColumnCondition> ofLookup(Lookup lookup, ColumnCondition condition) {
        Column target = schema.column(lookup.target());
        Set<Integer> wanted = new TreeSet<>();
        for (int value = 0; value <= lookup.values().size(); value++) {
            if (holds(lookup, value, target, condition)) {
                wanted.add(value);
            }
        }
        Keys key = lookup.keys().get(0);
        List<Integer> keys = IntStream.range(0, lookup.table().size()).filter(k -> wanted.contains(lookup.table().get(k)))
                .boxed().toList();
        if (keys.isEmpty()) {
            throw new ConditionException(target.name(), target.name() + " never has such a value");
        }
        Column source = schema.column(key.column());
        if (keys.contains(key.size())) {
            return List.of();
        }
        if (key instanceof Keys.Names names) {
            List<Object> operands = new ArrayList<>(keys.stream().map(names.names()::get).toList());
            boolean bool = source.type() instanceof io.freshet.table.ColumnType.Bool;
            return bool ? List.of() : implied.of(new ColumnCondition(source.name(), Operator.IN, operands));
        }
        return key instanceof Keys.Numbers numbers && source.type() instanceof io.freshet.table.ColumnType.DateTime == false
                ? around(source, numbers.values(), keys).stream().flatMap(bound -> implied.of(bound).stream()).toList()
                : List.of();
    }

    /** Bounds around the numbers at some places of a list. */
    private static List<ColumnCondition> around(Column column, List<Long> numbers, List<Integer> places) {
        double unit = ImpliedConditions.unit(column);
        int first = places.get(0);
        int last = places.get(places.size() - 1);
        List<ColumnCondition> bounds = new ArrayList<>();
        if (first > 0) {
            bounds.add(new ColumnCondition(column.name(), Operator.GTE,
                    List.of(BigDecimal.valueOf(Math.floor((numbers.get(first) + numbers.get(first - 1)) / 2.) / unit))));
        }
        if (last < numbers.size() - 1) {
            bounds.add(new ColumnCondition(column.name(), Operator.LTE,
                    List.of(BigDecimal.valueOf(Math.ceil((numbers.get(last) + numbers.get(last + 1)) / 2.) / unit))));
        }
        return bounds;
    }

    private static boolean holds(Lookup lookup, int value, Column target, ColumnCondition condition) {
        boolean missing = value == lookup.values().size();
        if (condition.operator() == Operator.IS_NULL) {
            return missing == Boolean.TRUE.equals(condition.operands().get(0));
        }
        if (missing) {
            return false;
        }
        if (lookup.values().texts().isEmpty()) {
            double number = lookup.values().numbers().get(value);
            return new ValueRanges(target).of(condition).stream()
                    .anyMatch(range -> range.from() <= number && number < range.to());
        }
        return CategoryTest.of(target, lookup.values().texts(), condition).test(lookup.values().texts().get(value));
    }

    private List<ColumnCondition> ofSum(LinearSum sum, ImpliedConditions.Span wanted) {
        List<ColumnCondition> conditions = new ArrayList<>();
        for (int i = 0; i < sum.sources().size(); i++) {
            ImpliedConditions.Span others = new ImpliedConditions.Span(sum.constant(), sum.constant());
            for (int j = 0; j < sum.sources().size(); j++) {
                others = j == i ? others : others.plus(implied.span(sum.sources().get(j)).times(sum.signs().get(j)));
            }
            conditions.addAll(implied.on(sum.sources().get(i), others.rest(wanted).times(sum.signs().get(i))));
        }
        return conditions;
    }

    private List<ColumnCondition> ofOrder(AtLeast order, ImpliedConditions.Span wanted) {
        int lesser = order.lessers().get(0);
        boolean dates = schema.column(order.target()).type() instanceof io.freshet.table.ColumnType.DateTime;
        if (schema.column(lesser).nullable()
                || dates && !schema.column(lesser).type().equals(schema.column(order.target()).type())) {
            return List.of();
        }
        ImpliedConditions.Span drawn = implied.innerSpan(order.target());
        ImpliedConditions.Span difference = new ImpliedConditions.Span(0, Math.max(0, drawn.greatest()) + 1);
        return implied.on(lesser, difference.rest(wanted));
    }
}
