package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.freshet.table.ColumnType;
import io.freshet.table.RareNames;

/**
 * Finds columns that follow from the range of a number or a date, such as an age from a birthday, or a flag from a threshold.
 * If the bounds are equidistant, as birthdays are, all rows together locate them.
 */
final class StepSearch {

    private static final int MAX_STEPS = 200;
    /** The largest share of rows whose value is too rare to be disclosed. */
    private static final double MAX_UNTOLD = .01;
    private static final double[] YEARS = { 365, 365.25, 365.2425 };

    private final TableColumns table;

    StepSearch(TableColumns table) {
        this.table = table;
    }

    List<Candidate> find(int source, List<KeyColumn> targets) {
        double[] x = table.numbers(source);
        int[] sorted = table.ascending(source);
        List<Candidate> found = new ArrayList<>();
        for (KeyColumn target : targets) {
            if (target.column() != source) {
                check(source, target, x, sorted).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Candidate> check(int source, KeyColumn target, double[] x, int[] sorted) {
        List<Integer> values = new ArrayList<>();
        List<double[]> gaps = new ArrayList<>();
        int last = -1;
        double lastX = Double.NaN;
        int run = 0;
        int untold = 0;
        for (int place : sorted) {
            int value = target.codes()[place];
            if (value < 0) {
                if (++untold > sorted.length * MAX_UNTOLD) {
                    return Optional.empty();
                }
                continue;
            }
            if (value != last) {
                if (last >= 0) {
                    if (x[place] == lastX || run < RareNames.FEWEST_ROWS || gaps.size() >= MAX_STEPS) {
                        return Optional.empty();
                    }
                    gaps.add(new double[] { lastX, x[place] });
                }
                values.add(value);
                run = 0;
            }
            last = value;
            lastX = x[place];
            run++;
        }
        double diversity = diversity(target, sorted);
        double chance = (sorted.length - values.size()) * diversity;
        if (gaps.isEmpty() || run < RareNames.FEWEST_ROWS || chance < TableColumns.MIN_EVIDENCE) {
            return Optional.empty();
        }
        return Optional.of(candidate(source, target, values, gaps, new RuleCheck.Evidence(sorted.length, 0, chance)));
    }

    private static double diversity(KeyColumn target, int[] places) {
        int[] totals = new int[target.keys().size() + 1];
        IntStream.of(places).map(place -> target.codes()[place]).filter(value -> value >= 0).forEach(value -> totals[value]++);
        return 1 - IntStream.of(totals).mapToDouble(count -> (double) count / places.length * count / places.length).sum();
    }

    private Candidate candidate(int source, KeyColumn target, List<Integer> values, List<double[]> gaps,
            RuleCheck.Evidence evidence) {
        double unit = NumberColumn.unit(table.schema().column(source));
        List<Double> bounds = bounds(source, gaps).stream().map(bound -> bound * unit).toList();
        List<Integer> mapping = new ArrayList<>(values);
        int missing = missing(target, source);
        mapping.add(missing < 0 ? values.get(0) : missing);
        return Candidate.of(new Lookup(target.column(), List.of(new Keys.Ranges(source, bounds)),
                DependencySearch.values(target.keys()), mapping, values.get(0)), evidence);
    }

    /** Returns the most common value of rows whose source is missing, or −1 if no source is missing. */
    private int missing(KeyColumn target, int source) {
        int[] counts = new int[target.keys().size() + 1];
        int best = -1;
        for (int place = 0; place < table.rows(); place++) {
            int value = target.codes()[place];
            if (Double.isNaN(table.numbers(source)[place]) && value >= 0 && (best < 0 || ++counts[value] > counts[best])) {
                best = value;
            }
        }
        return best;
    }

    private List<Double> bounds(int source, List<double[]> gaps) {
        if (table.schema().column(source).type() instanceof ColumnType.DateTime dates) {
            double perDay = java.time.Duration.ofDays(1).toNanos()
                    / (double) dates.format().resolution().getDuration().toNanos();
            for (double year : YEARS) {
                Optional<List<Double>> regular = regular(gaps, year * perDay);
                if (regular.isPresent() && gaps.size() > 2) {
                    return regular.get();
                }
            }
        }
        double step = table.step(source);
        return gaps.stream().map(gap -> roundest(gap[0], gap[1], step)).toList();
    }

    /** Returns equidistant bounds, each within its gap, or empty if none fit. */
    private static Optional<List<Double>> regular(List<double[]> gaps, double width) {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        for (int i = 0; i < gaps.size(); i++) {
            low = Math.max(low, gaps.get(i)[0] - i * width);
            high = Math.min(high, gaps.get(i)[1] - i * width);
        }
        if (low >= high) {
            return Optional.empty();
        }
        double first = Math.nextUp((low + high) / 2);
        return Optional.of(IntStream.range(0, gaps.size()).mapToObj(i -> Math.ceil(first + i * width)).toList());
    }

    /** Returns the number above {@code low} and up to {@code high} that needs the fewest digits. */
    private static double roundest(double low, double high, double step) {
        for (double unit = 1e12; unit >= Math.max(step, 1e-9); unit /= 10) {
            double candidate = Math.floor(high / unit) * unit;
            if (candidate > low) {
                return candidate;
            }
        }
        return high;
    }
}
