package io.freshet.model.online;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.KnownColumn;
import io.freshet.table.ColumnType;
import io.freshet.table.Dictionary;

/**
 * Places categories that are new in a mixture among the others: at the place that the values of the other columns in their rows
 * suggest, by the known dependence.
 */
final class NewCategories {

    private NewCategories() {
    }

    /** @param entries as in {@link MixtureColumn#of}, by column */
    static void place(List<MixtureColumn> columns, List<ColumnModel> before, List<? extends MixturePart> parts,
            List<Optional<Dictionary>> entries) {
        for (int c = 0; c < columns.size(); c++) {
            MixtureColumn column = columns.get(c);
            if (before.get(c).column().type() instanceof ColumnType.Categorical && column.texts().size() > 2) {
                Set<String> known = new HashSet<>(KnownColumn.of(before.get(c).overall()).texts());
                if (known.size() > 1 && !known.containsAll(column.texts())) {
                    columns.set(c, MixtureColumn.of(c, before.get(c), parts, order(columns, c, known, parts), entries.get(c)));
                }
            }
        }
    }

    private static List<String> order(List<MixtureColumn> columns, int index, Set<String> known,
            List<? extends MixturePart> parts) {
        MixtureColumn column = columns.get(index);
        List<String> order = new ArrayList<>(column.texts());
        Map<String, Double> keys = new HashMap<>();
        for (String text : order) {
            keys.put(text, known.contains(text) ? column.valueScores().score(column.rank(text)) : Double.NaN);
        }
        Optional<ModelPart> model = parts.stream().filter(ModelPart.class::isInstance).map(ModelPart.class::cast)
                .max(Comparator.comparingDouble(ModelPart::weight));
        for (MixturePart part : parts) {
            if (part instanceof RowsPart rows && model.isPresent()) {
                rows.suggested(columns, index, model.get()).forEach((text, score) -> keys.computeIfPresent(text,
                        (key, present) -> Double.isNaN(present) ? score : present));
            }
        }
        // if nothing is known, the middle is the safest place
        keys.replaceAll((text, key) -> Double.isNaN(key) ? 0 : key);
        order.sort(Comparator.comparingDouble(text -> keys.getOrDefault(text, 0.0)));
        return keepKnown(order, column.texts(), known);
    }

    /** Known categories keep their relative order, even if there are ties. */
    private static List<String> keepKnown(List<String> order, List<String> before, Set<String> known) {
        String[] result = order.toArray(new String[0]);
        String[] inOrder = before.stream().filter(known::contains).toArray(String[]::new);
        int next = 0;
        for (int i = 0; i < result.length; i++) {
            if (known.contains(result[i])) {
                result[i] = inOrder[next++];
            }
        }
        return Arrays.asList(result);
    }
}
