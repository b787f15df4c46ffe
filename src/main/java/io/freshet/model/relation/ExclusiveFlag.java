package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Schema;

/**
 * A flag that is not set in a row in which one of the flags before it is set. The last flag of a group of which exactly one is
 * set in each row, as in one-hot encoding, is set wherever no other is. A flag is a boolean, or a number 0 or 1.
 *
 * @param others the flags before it; at least one
 * @param last whether the flag is set wherever no other is
 */
public record ExclusiveFlag(int target, List<Integer> others, boolean last) implements PartialRelation {

    public ExclusiveFlag {
        others = List.copyOf(others);
        if (others.isEmpty()) {
            throw new IllegalArgumentException("an exclusive flag needs other flags");
        }
    }

    /** Returns the relations of flags of which exactly one is set, one for each flag but the first. */
    static List<Relation> ofOne(List<Integer> flags) {
        List<Relation> relations = new ArrayList<>();
        for (int i = 1; i < flags.size(); i++) {
            relations.add(new ExclusiveFlag(flags.get(i), flags.subList(0, i), i == flags.size() - 1));
        }
        return relations;
    }

    @Override
    public List<Integer> sources() {
        return others;
    }

    @Override
    public String kind() {
        return "exclusive";
    }

    @Override
    public String text(Schema schema) {
        String sum = IntStream.concat(others.stream().mapToInt(Integer::intValue), IntStream.of(target))
                .mapToObj(flag -> schema.column(flag).name()).collect(Collectors.joining(" + "));
        return sum + (last ? " = 1" : " <= 1");
    }

    private static IntPredicate isSet(Column column, ColumnVector vector) {
        if (column.type() instanceof ColumnType.Bool) {
            int[] codes = ((CodedVector) vector).codes();
            return row -> codes[row] == 1;
        }
        NumberReader reader = NumberReader.of(column, vector);
        return row -> !reader.isMissing(row) && reader.value(row) == 1;
    }

    private IntPredicate isOtherSet(Cells cells) {
        List<IntPredicate> flags = others.stream().map(flag -> isSet(cells.column(flag), cells.vector(flag))).toList();
        return row -> flags.stream().anyMatch(flag -> flag.test(row));
    }

    @Override
    public RowStep reduction(Cells cells, ColumnVector own, boolean[] free) {
        IntPredicate isOtherSet = isOtherSet(cells);
        return row -> free[row] |= last || isOtherSet.test(row);
    }

    @Override
    public RowStep derivation(Cells cells, ColumnVector own) {
        IntPredicate isOtherSet = isOtherSet(cells);
        boolean bool = cells.column(target).type() instanceof ColumnType.Bool;
        return row -> {
            boolean other = isOtherSet.test(row);
            if (other || last) {
                int value = other ? 0 : 1;
                if (bool) {
                    ((CodedVector) own).codes()[row] = value;
                } else {
                    NumberColumn.of(cells.column(target), own).set(row, value);
                }
            }
        };
    }

    @Override
    public IntPredicate broken(Cells cells) {
        IntPredicate isOtherSet = isOtherSet(cells);
        IntPredicate isSet = isSet(cells.column(target), cells.vector(target));
        return row -> isSet.test(row) ? isOtherSet.test(row) : last && !isOtherSet.test(row);
    }

    @Override
    public Column inner(Column column) {
        return column;
    }
}
