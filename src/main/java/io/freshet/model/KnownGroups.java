package io.freshet.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.freshet.table.ColumnType;
import io.freshet.table.Dictionary;
import io.freshet.table.NumberDictionary;
import io.freshet.table.TextDictionary;

/**
 * What is known of the values of a column by those of another one.
 *
 * @param parent the number of the other column
 * @param own by its value: the choice there; {@link #NONE} stands for a missing one
 * @param rest the choice for all other values
 */
record KnownGroups(int parent, Map<Object, Choice> own, Choice rest) {

    /** Stands for a value that is missing. */
    static final Object NONE = new Object();

    /**
     * @param places which of the column's values, ascending
     * @param shares of them
     */
    @SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
    record Choice(int[] places, double[] shares) {

        static Choice of(StepValues steps) {
            int[] places = new int[steps.marginal().size()];
            double[] shares = new double[places.length];
            for (int step = 0; step < places.length; step++) {
                places[step] = steps.code(step);
                shares[step] = steps.marginal().share(step);
            }
            return new Choice(places, shares);
        }
    }

    static KnownGroups of(DependentSteps steps, List<ColumnModel> columns) {
        ColumnModel parent = columns.get(steps.parent());
        Dictionary dictionary = ((StepValues) parent.overall().values()).dictionary();
        int[] placeOf = new int[steps.dictionary().size()];
        for (int step = 0; step < steps.overall().marginal().size(); step++) {
            placeOf[steps.overall().code(step)] = step;
        }
        Map<Object, Choice> own = new LinkedHashMap<>();
        for (int code = 0; code <= dictionary.size(); code++) {
            if (steps.groupOf()[code] != 0) {
                own.put(code == dictionary.size() ? NONE : value(dictionary, parent.column().type(), code),
                        placed(steps.given(code), placeOf));
            }
        }
        return new KnownGroups(steps.parent(), own, placed(steps.groups().get(0), placeOf));
    }

    private static Choice placed(StepValues steps, int[] placeOf) {
        Choice byCode = Choice.of(steps);
        int[] places = byCode.places().clone();
        for (int i = 0; i < places.length; i++) {
            places[i] = placeOf[places[i]];
        }
        return new Choice(places, byCode.shares());
    }

    /** The value of an entry as {@link NewColumn} has it: booleans as 0 and 1. */
    static Object value(Dictionary dictionary, ColumnType type, int code) {
        return dictionary instanceof NumberDictionary numbers ? (Object) (double) numbers.value(code)
                : type instanceof ColumnType.Bool ? (Object) (double) code
                        : ((TextDictionary) dictionary).text(code);
    }

    /** Whether the parent's value leaves any choice. */
    boolean isLatent() {
        return rest.places.length > 1 || own.values().stream().anyMatch(choice -> choice.places.length > 1);
    }

    /** The choice given a value of the parent. */
    Choice given(Object value) {
        return own.getOrDefault(value, rest);
    }
}
