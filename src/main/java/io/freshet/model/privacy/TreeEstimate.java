package io.freshet.model.privacy;

import java.util.Arrays;
import java.util.List;

/**
 * Estimates counts of codes and of pairs of codes that agree with each other, are not negative and have the given total: those
 * with the least squared distance from all noisy counts, each weighted by its variance, among the distributions of a tree. It
 * is found by mirror descent with exact marginals by belief propagation (R. McKenna, D. Sheldon, G. Miklau, <i>Graphical-model
 * based estimation and inference for differential privacy</i>, ICML 2019, arXiv:1901.09136).
 */
final class TreeEstimate {

    private static final int MAX_STEPS = 1_500;
    private static final int MAX_HALVINGS = 30;
    private static final double GROWTH = 1.6;
    /** It ends when this many steps lower the loss by less than this share. */
    private static final int PATIENCE = 40;
    private static final double ENOUGH = 1e-5;

    private final double total;
    private final List<NoisyCounts> nodes;
    private final List<NoisyCounts> edges;
    private final BeliefTree tree;
    private double[][] potentials;
    private double[][] marginals;
    private double loss;

    private TreeEstimate(double total, List<NoisyCounts> nodes, List<NoisyCounts> edges, BeliefTree tree) {
        this.total = total;
        this.nodes = nodes;
        this.edges = edges;
        this.tree = tree;
        this.potentials = start();
        this.marginals = tree.marginals(potentials, total);
        this.loss = loss(marginals);
    }

    /**
     * Estimates counts.
     *
     * @param total the number of rows, above 0
     * @param nodes the noisy counts of each column
     * @param edges the noisy counts of each edge of the tree, by the code of its parent and that of its child
     * @return the counts of each column and then those of each edge
     */
    static List<double[]> of(double total, List<NoisyCounts> nodes, List<NoisyCounts> edges, BeliefTree tree) {
        TreeEstimate estimate = new TreeEstimate(total, nodes, edges, tree);
        estimate.descend();
        return Arrays.asList(estimate.marginals);
    }

    private NoisyCounts measured(int table) {
        return table < nodes.size() ? nodes.get(table) : edges.get(table - nodes.size());
    }

    /** Starts with independent columns. */
    private double[][] start() {
        double[][] start = new double[nodes.size() + edges.size()][];
        for (int table = 0; table < start.length; table++) {
            start[table] = new double[measured(table).size()];
        }
        for (int node = 0; node < nodes.size(); node++) {
            double[] counts = Simplex.project(nodes.get(node), total);
            for (int code = 0; code < counts.length; code++) {
                start[node][code] = StrictMath.log(Math.max(counts[code], total * 1e-5));
            }
        }
        return start;
    }

    private double loss(double[][] counts) {
        double sum = 0;
        for (int table = 0; table < counts.length; table++) {
            NoisyCounts measured = measured(table);
            for (int cell = 0; cell < counts[table].length; cell++) {
                double off = counts[table][cell] - measured.value(cell);
                sum += off * off / measured.variance(cell) / 2;
            }
        }
        return sum;
    }

    private double[][] gradient() {
        double[][] gradient = new double[marginals.length][];
        for (int table = 0; table < gradient.length; table++) {
            NoisyCounts measured = measured(table);
            gradient[table] = new double[measured.size()];
            for (int cell = 0; cell < gradient[table].length; cell++) {
                gradient[table][cell] = (marginals[table][cell] - measured.value(cell)) / measured.variance(cell);
            }
        }
        return gradient;
    }

    private void descend() {
        double step = edges.stream().mapToDouble(edge -> edge.variance(0)).min().orElse(nodes.get(0).variance(0)) / total;
        double before = loss;
        for (int k = 1; k <= MAX_STEPS; k++) {
            step = step(gradient(), step * GROWTH);
            if (step == 0) {
                return;
            }
            if (k % PATIENCE == 0) {
                if (before - loss < ENOUGH * loss) {
                    return;
                }
                before = loss;
            }
        }
    }

    /** Takes a step that lowers the loss, and returns its size; 0 if there is none. */
    private double step(double[][] gradient, double largest) {
        double size = largest;
        for (int halving = 0; halving < MAX_HALVINGS; halving++) {
            double[][] next = new double[potentials.length][];
            for (int table = 0; table < next.length; table++) {
                next[table] = potentials[table].clone();
                for (int cell = 0; cell < next[table].length; cell++) {
                    next[table][cell] -= size * gradient[table][cell];
                }
            }
            double[][] reached = tree.marginals(next, total);
            double after = loss(reached);
            if (loss - after >= decrease(gradient, reached) / 2) {
                potentials = next;
                marginals = reached;
                loss = after;
                return size;
            }
            size /= 2;
        }
        return 0;
    }

    /** Returns the decrease of the loss that its gradient promises. */
    private double decrease(double[][] gradient, double[][] reached) {
        double sum = 0;
        for (int table = 0; table < gradient.length; table++) {
            for (int cell = 0; cell < gradient[table].length; cell++) {
                sum += gradient[table][cell] * (marginals[table][cell] - reached[table][cell]);
            }
        }
        return sum;
    }
}
