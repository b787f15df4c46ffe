package io.freshet.model.gan;

import java.util.Arrays;
import java.util.List;

import io.freshet.model.gan.NetworkLayout.Span;
import io.freshet.model.tree.CodeKind;
import io.freshet.model.tree.ColumnCodes;

/**
 * Starts a training with the weights of a model of the same columns. Modes are matched by what they stand for: names by name,
 * numbers by value, components by their mean. The weights of modes that the model does not have stay random.
 */
final class WarmStart {

    private static final int NONE = -1;

    private final GanModel old;
    /** For each place of the output, the place of the old output, or −1. */
    private final int[] outputs;
    private final int[] conditions;

    private WarmStart(GanModel old, List<ColumnModes> columns, NetworkLayout layout) {
        this.old = old;
        this.outputs = new int[layout.width()];
        this.conditions = new int[layout.conditionWidth()];
        Arrays.fill(outputs, NONE);
        Arrays.fill(conditions, NONE);
        for (Span span : layout.spans()) {
            old.layout().spans().stream().filter(other -> other.column() == span.column()).findFirst()
                    .ifPresent(other -> match(columns.get(span.column()), span, old.columns().get(span.column()), other));
        }
    }

    /** Copies the weights of a model into a generator and a critic that have not been trained. */
    static void apply(GanModel old, List<ColumnModes> columns, NetworkLayout layout, GeneratorNetwork generator,
            Critic critic) {
        WarmStart start = new WarmStart(old, columns, layout);
        start.copy(generator);
        if (!old.critic().isEmpty()) {
            start.copy(critic);
        }
    }

    private void match(ColumnModes modes, Span span, ColumnModes oldModes, Span oldSpan) {
        if (span.offset() != NetworkLayout.NONE && oldSpan.offset() != NetworkLayout.NONE) {
            outputs[span.offset()] = oldSpan.offset();
        }
        for (int mode = 0; mode < span.modes(); mode++) {
            int match = match(modes, mode, oldModes);
            if (match != NONE) {
                outputs[span.first() + mode] = oldSpan.first() + match;
                if (span.isConditional() && oldSpan.isConditional()) {
                    conditions[span.condition() + mode] = oldSpan.condition() + match;
                }
            }
        }
    }

    private static int match(ColumnModes modes, int mode, ColumnModes others) {
        if (modes.isMissing(mode)) {
            return others.hasMissing() ? others.size() - 1 : NONE;
        }
        int best = NONE;
        for (int other = 0; other < others.modes().size(); other++) {
            boolean component = modes.modes().get(mode).deviation() > 0;
            boolean otherComponent = others.modes().get(other).deviation() > 0;
            if (component && otherComponent) {
                best = best == NONE || distance(modes, mode, others, other) < distance(modes, mode, others, best) ? other
                        : best;
            } else if (!component && !otherComponent && value(modes, mode).equals(value(others, other))) {
                return other;
            }
        }
        return best;
    }

    private static double distance(ColumnModes modes, int mode, ColumnModes others, int other) {
        return Math.abs((Double) value(modes, mode) - (Double) value(others, other));
    }

    /** Returns what a mode stands for: a name, or a number. */
    private static Object value(ColumnModes modes, int mode) {
        ColumnCodes codes = modes.codes();
        double place = modes.modes().get(mode).mean();
        if (codes.kind() == CodeKind.NAME) {
            return codes.names().text((int) codes.segments().low(codes.segments().first((int) place)));
        }
        if (codes.kind() == CodeKind.TEXT) {
            return place;
        }
        double number = modes.isContinuous() ? place : codes.segments().low(codes.segments().first((int) place));
        return codes.isFloating() ? number : (double) codes.number(number);
    }

    private void copy(GeneratorNetwork generator) {
        List<DenseLayer> layers = generator.layers();
        List<GeneratorWeights.Block> blocks = old.weights().blocks();
        for (int l = 0; l < blocks.size(); l++) {
            copyRows(blocks.get(l).linear(), layers.get(l));
            List<Parameter> norm = generator.norms().get(l).parameters();
            System.arraycopy(blocks.get(l).norm().get(0), 0, norm.get(0).value()[0], 0, norm.get(0).value()[0].length);
            System.arraycopy(blocks.get(l).norm().get(1), 0, norm.get(1).value()[0], 0, norm.get(1).value()[0].length);
        }
        GeneratorWeights.Linear from = old.weights().last();
        DenseLayer to = layers.get(blocks.size());
        for (int i = 0; i < to.inputs(); i++) {
            int row = row(i, to.inputs());
            if (row != NONE) {
                pick(from.weights()[row], to.weights()[i]);
            }
        }
        pick(from.bias(), to.bias());
    }

    private void pick(float[] from, float[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] = outputs[j] == NONE ? to[j] : from[outputs[j]];
        }
    }

    private void copyRows(GeneratorWeights.Linear from, DenseLayer to) {
        for (int i = 0; i < to.inputs(); i++) {
            int row = row(i, to.inputs());
            if (row != NONE) {
                System.arraycopy(from.weights()[row], 0, to.weights()[i], 0, to.outputs());
            }
        }
        System.arraycopy(from.bias(), 0, to.bias(), 0, to.outputs());
    }

    /** Returns the old row of a layer's input; the last features of each input are the condition. */
    private int row(int feature, int inputs) {
        int fixed = inputs - conditions.length;
        return feature < fixed ? feature : conditions[feature - fixed] == NONE ? NONE : fixed + conditions[feature - fixed];
    }

    private void copy(Critic critic) {
        List<DenseLayer> layers = critic.layers();
        int width = outputs.length + conditions.length;
        int oldWidth = old.layout().width() + old.layout().conditionWidth();
        DenseLayer first = layers.get(0);
        for (int i = 0; i < first.inputs(); i++) {
            int place = i % width;
            int match = place < outputs.length ? outputs[place]
                    : conditions[place - outputs.length] == NONE ? NONE
                            : old.layout().width() + conditions[place - outputs.length];
            if (match != NONE) {
                System.arraycopy(old.critic().get(0).weights()[i / width * oldWidth + match], 0, first.weights()[i], 0,
                        first.outputs());
            }
        }
        System.arraycopy(old.critic().get(0).bias(), 0, first.bias(), 0, first.outputs());
        for (int l = 1; l < layers.size(); l++) {
            GeneratorWeights.Linear from = old.critic().get(l);
            for (int i = 0; i < from.weights().length; i++) {
                System.arraycopy(from.weights()[i], 0, layers.get(l).weights()[i], 0, from.bias().length);
            }
            System.arraycopy(from.bias(), 0, layers.get(l).bias(), 0, from.bias().length);
        }
    }
}
