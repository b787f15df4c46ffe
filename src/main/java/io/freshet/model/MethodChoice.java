package io.freshet.model;

import java.util.EnumMap;
import java.util.Map;

/**
 * The method that was selected for a table.
 *
 * @param detection by method: how well a classifier distinguishes its rows from held-out rows of the table, .5 (not at all) to
 *        1; empty if the table is too small or too wide to compare
 */
public record MethodChoice(SynthesisMethod method, Map<SynthesisMethod, Double> detection) {

    public MethodChoice {
        detection = Map.copyOf(detection);
    }

    public static MethodChoice only(SynthesisMethod method) {
        return new MethodChoice(method, Map.of());
    }

    /**
     * Returns the method that is detected less well. The copula is simpler and draws faster, so trees must be better by a
     * margin.
     */
    public static MethodChoice of(double copula, double trees, double margin) {
        Map<SynthesisMethod, Double> detection = new EnumMap<>(SynthesisMethod.class);
        detection.put(SynthesisMethod.GAUSSIAN_COPULA, copula);
        detection.put(SynthesisMethod.TREES, trees);
        return new MethodChoice(trees < copula - margin ? SynthesisMethod.TREES : SynthesisMethod.GAUSSIAN_COPULA, detection);
    }
}
