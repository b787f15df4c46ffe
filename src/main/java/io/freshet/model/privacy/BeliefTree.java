package io.freshet.model.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes the marginals of a distribution over a forest from its potentials, exactly, by belief propagation (J. Pearl, AAAI
 * 1982): messages up to the roots, beliefs down again.
 */
final class BeliefTree {

    private final int[] order;
    private final int[] parents;
    private final int[] sizes;
    /** For each column with a parent, the number of its edge. */
    private final int[] edges;
    private final int edgeCount;

    /**
     * @param order the columns, each after its parent
     * @param parents the parent of each column; −1 for a root
     * @param sizes the number of codes of each column
     */
    BeliefTree(int[] order, int[] parents, int[] sizes) {
        this.order = order.clone();
        this.parents = parents.clone();
        this.sizes = sizes.clone();
        this.edges = new int[order.length];
        int count = 0;
        for (int column : order) {
            edges[column] = parents[column] < 0 ? -1 : count++;
        }
        this.edgeCount = count;
    }

    /** Returns the tree of pairs, rooted at the first column of each component. */
    static BeliefTree of(List<TreeSelection.Pair> pairs, int[] sizes) {
        int[] parents = new int[sizes.length];
        Arrays.fill(parents, -1);
        boolean[] reached = new boolean[sizes.length];
        List<Integer> order = new ArrayList<>();
        for (int root = 0; root < sizes.length; root++) {
            if (!reached[root]) {
                reached[root] = true;
                order.add(root);
            }
            for (int at = order.size() - 1; at < order.size(); at++) {
                int column = order.get(at);
                for (TreeSelection.Pair pair : pairs) {
                    int other = pair.first() == column ? pair.second() : pair.second() == column ? pair.first() : column;
                    if (!reached[other]) {
                        reached[other] = true;
                        parents[other] = column;
                        order.add(other);
                    }
                }
            }
        }
        return new BeliefTree(order.stream().mapToInt(Integer::intValue).toArray(), parents, sizes);
    }

    int[] order() {
        return order.clone();
    }

    int[] parents() {
        return parents.clone();
    }

    int parent(int column) {
        return parents[column];
    }

    int edges() {
        return edgeCount;
    }

    /** Returns the number of the edge to the parent of a column. */
    int edge(int column) {
        return edges[column];
    }

    /**
     * Returns the marginals.
     *
     * @param potentials the logarithms of the factors: of each column, then of each edge, by the code of the parent and that of
     *        the child
     * @param total the sum of each marginal
     */
    double[][] marginals(double[][] potentials, double total) {
        double[][] factors = new double[potentials.length][];
        for (int table = 0; table < factors.length; table++) {
            factors[table] = exponentials(potentials[table]);
        }
        for (int at = order.length - 1; at >= 0; at--) {
            int column = order[at];
            normalise(factors[column], 1);
            if (parents[column] >= 0) {
                double[] message = message(factors, column);
                for (int code = 0; code < message.length; code++) {
                    factors[parents[column]][code] *= message[code];
                }
                normalise(factors[parents[column]], 1); // many factors would underflow
            }
        }
        for (int column : order) {
            if (parents[column] >= 0) {
                down(factors, column);
            } else {
                normalise(factors[column], total);
            }
        }
        return factors;
    }

    private static double[] exponentials(double[] potentials) {
        double max = Arrays.stream(potentials).max().orElse(0);
        double[] factors = new double[potentials.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = StrictMath.exp(potentials[i] - max);
        }
        return factors;
    }

    private static void normalise(double[] numbers, double total) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] *= total / sum;
        }
    }

    private double[] message(double[][] factors, int column) {
        double[] edge = factors[sizes.length + edges[column]];
        int size = sizes[column];
        double[] message = new double[sizes[parents[column]]];
        for (int at = 0; at < edge.length; at++) {
            message[at / size] += edge[at] * factors[column][at % size];
        }
        normalise(message, 1);
        return message;
    }

    /** Turns the factor of an edge into its marginal, and that of its child. */
    private void down(double[][] factors, int column) {
        double[] edge = factors[sizes.length + edges[column]];
        double[] own = factors[column];
        double[] parent = factors[parents[column]];
        int size = sizes[column];
        double[] sums = new double[size];
        for (int code = 0; code < parent.length; code++) {
            double raw = 0;
            for (int child = 0; child < size; child++) {
                edge[code * size + child] *= own[child];
                raw += edge[code * size + child];
            }
            double factor = raw > 0 ? parent[code] / raw : 0;
            for (int child = 0; child < size; child++) {
                edge[code * size + child] *= factor;
                sums[child] += edge[code * size + child];
            }
        }
        System.arraycopy(sums, 0, own, 0, size);
    }
}
