package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A choice among a few texts, each with its share. A choice of one text is a literal.
 *
 * @param bounds for each text the cumulative share up to and including it; the last bound is 1
 */
record Choice(List<String> texts, List<Double> bounds) implements TextPart.Free {

    Choice {
        texts = List.copyOf(texts);
        bounds = List.copyOf(bounds);
        if (texts.isEmpty() || texts.size() != bounds.size()) {
            throw new IllegalArgumentException(bounds.size() + " shares for " + texts.size() + " texts");
        }
    }

    static Choice literal(String text) {
        return new Choice(List.of(text), List.of(1.0));
    }

    /** @param counts the number of occurrences of each text, in a fixed order */
    static Choice of(Map<String, Integer> counts) {
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();
        List<String> texts = new ArrayList<>();
        List<Double> bounds = new ArrayList<>();
        double sum = 0;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            sum += entry.getValue();
            texts.add(entry.getKey());
            bounds.add(sum / all);
        }
        return new Choice(texts, bounds);
    }

    boolean isLiteral() {
        return texts.size() == 1;
    }

    @Override
    public void write(RowTexts row, StringBuilder out) {
        out.append(isLiteral() ? texts.get(0) : texts.get(place(bounds, row.uniform())));
    }

    /** Returns the first position whose bound is above the number. */
    static int place(List<Double> bounds, double number) {
        int low = 0;
        int high = bounds.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds.get(middle) > number) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public double variety() {
        return texts.size();
    }
}
