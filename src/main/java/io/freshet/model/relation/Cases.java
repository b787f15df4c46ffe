package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.freshet.table.Schema;

/**
 * A target that is calculated in one of several ways, depending on another column: an amount that is due where an order is
 * open,
 * and zero elsewhere.
 *
 * @param key decides how the target is calculated
 * @param choices for each key the number of its calculation; −1 if the target is missing. The last one is for a missing key
 * @param calculations of this target, at least two
 */
public record Cases(int target, Keys key, List<Integer> choices, List<Calculation> calculations) implements Calculation {

    public Cases {
        choices = List.copyOf(choices);
        calculations = List.copyOf(calculations);
        int most = calculations.size();
        if (choices.size() != key.size() + 1 || choices.stream().anyMatch(choice -> choice < -1 || choice >= most)) {
            throw new IllegalArgumentException("a case needs a calculation for each key");
        }
    }

    @Override
    public List<Integer> sources() {
        return Stream.concat(key.columns().stream(), calculations.stream().flatMap(each -> each.sources().stream()))
                .distinct().toList();
    }

    @Override
    public String kind() {
        return "cases";
    }

    @Override
    public String text(Schema schema) {
        return key.text(schema) + " says which holds: "
                + calculations.stream().map(each -> each.text(schema)).collect(Collectors.joining(" or "));
    }

    @Override
    public double tolerance() {
        return calculations.stream().mapToDouble(Calculation::tolerance).max().orElse(0);
    }

    @Override
    public IntToDoubleFunction results(Cells cells) {
        IntUnaryOperator keyOf = key.reader(cells);
        int[] choice = choices.stream().mapToInt(Integer::intValue).toArray();
        IntToDoubleFunction[] of = calculations.stream().map(each -> each.results(cells)).toArray(IntToDoubleFunction[]::new);
        return row -> {
            int at = keyOf.applyAsInt(row);
            return at < 0 || choice[at] < 0 ? Double.NaN : of[choice[at]].applyAsDouble(row);
        };
    }
}
