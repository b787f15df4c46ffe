package io.freshet.retail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import io.freshet.event.Ascii;

/**
 * The zones of a store and the ways between them: the entrance, the departments in rows of a fixed number of columns, and
 * the checkout after the last row. Immutable.
 */
final class Layout {

    static final int ENTRANCE = 0;

    private final List<Ascii> names;
    private final int beacons;
    private final int[][] next;

    private Layout(List<Ascii> names, int beacons, int[][] next) {
        this.names = names;
        this.beacons = beacons;
        this.next = next;
    }

    static Layout of(List<Parameters.Department> departments, int columns, int beacons) {
        int zones = departments.size() + 2;
        List<List<Integer>> neighbours = new ArrayList<>();
        for (int zone = 0; zone < zones; zone++) {
            neighbours.add(new ArrayList<>());
        }
        int last = (departments.size() - 1) / columns;
        for (int d = 0; d < departments.size(); d++) {
            if (d % columns > 0) {
                join(neighbours, d, d + 1);
            }
            join(neighbours, d < columns ? ENTRANCE : d + 1 - columns, d + 1);
            if (d / columns == last) {
                join(neighbours, d + 1, zones - 1);
            }
        }
        List<Ascii> names = new ArrayList<>();
        names.add(Ascii.of("Entrance"));
        departments.forEach(department -> names.add(Ascii.of(department.name())));
        names.add(Ascii.of("Checkout"));
        int[][] next = new int[zones][];
        for (int zone = 0; zone < zones; zone++) {
            next[zone] = hopsTo(zone, neighbours);
        }
        return new Layout(List.copyOf(names), beacons, next);
    }

    private static void join(List<List<Integer>> neighbours, int one, int other) {
        neighbours.get(one).add(other);
        neighbours.get(other).add(one);
    }

    /** Returns, for each zone, the next zone on a shortest way to {@code target}. */
    private static int[] hopsTo(int target, List<List<Integer>> neighbours) {
        int[] hops = new int[neighbours.size()];
        Arrays.fill(hops, -1);
        hops[target] = target;
        Deque<Integer> reached = new ArrayDeque<>(List.of(target));
        while (!reached.isEmpty()) {
            int zone = reached.remove();
            for (int neighbour : neighbours.get(zone)) {
                if (hops[neighbour] < 0) {
                    hops[neighbour] = zone;
                    reached.add(neighbour);
                }
            }
        }
        return hops;
    }

    int zones() {
        return names.size();
    }

    /** Returns the zone of a department. */
    static int zoneOf(int department) {
        return department + 1;
    }

    int checkout() {
        return names.size() - 1;
    }

    Ascii name(int zone) {
        return names.get(zone);
    }

    int beacons() {
        return beacons;
    }

    /** Returns the zone to enter next on the way to another zone. */
    int next(int from, int target) {
        return next[target][from];
    }
}
