package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.freshet.model.ConstraintException;
import io.freshet.model.RelationOptions;
import io.freshet.table.RareNames;
import io.freshet.table.TableSample;
import io.freshet.thread.SharedWork;
import io.freshet.thread.ThreadKind;

/**
 * Finds the relations between the columns of a table. Each candidate is checked first in a few rows and then in all. It counts
 * only if chance would have broken it in many rows.
 */
public final class RelationFinder {

    /** Fewer rows are not enough evidence. */
    private static final int MIN_ROWS = 50;
    private static final int MAX_COLUMNS = 200;
    /** A number with fewer different values has no levels. */
    private static final int MIN_LEVEL_VALUES = 20;

    private final TableColumns table;
    private final RelationSelection selection;
    private final NamedNumbers named;
    private final List<KeyColumn> values = new ArrayList<>();
    private final List<KeyColumn> parts = new ArrayList<>();
    private final List<KeyColumn> states = new ArrayList<>();

    private record ColumnKeys(Optional<KeyColumn> values, List<KeyColumn> parts, List<KeyColumn> states) {

        static ColumnKeys of(TableColumns table, int column) {
            return new ColumnKeys(KeyColumn.ofValues(table, column), KeyColumn.ofParts(table, column),
                    KeyColumn.ofStates(table, column));
        }
    }

    private RelationFinder(TableSample sample, Map<Integer, List<Integer>> declared, RelationOptions options, int drawn) {
        this.table = new TableColumns(sample);
        for (ColumnKeys keys : SharedWork.all(ThreadKind.FIT, table.columns(), column -> ColumnKeys.of(table, column))) {
            keys.values().ifPresent(values::add);
            parts.addAll(keys.parts());
            states.addAll(keys.states());
        }
        this.named = new NamedNumbers(table, values);
        this.selection = new RelationSelection(table, declared, options, named, drawn);
    }

    /**
     * Finds the relations.
     *
     * @param declared the columns that follow from others by declared constraints, with those others
     * @param drawn the number of a column that other columns should follow from, rather than it from them; −1 for none
     * @throws ConstraintException if rows break a declared relation, or if it contradicts another
     * @return the relations; empty if the table is too small or too wide
     */
    public static RelationPlan find(TableSample sample, Map<Integer, List<Integer>> declared, RelationOptions options,
            int drawn) {
        int rows = sample.rows().size();
        boolean searched = options.found() && rows >= MIN_ROWS && sample.schema().size() <= MAX_COLUMNS;
        return rows == 0 || !searched && options.declaredRelations().isEmpty() ? RelationPlan.NONE
                : new RelationFinder(sample, declared, options, drawn).find(options.declaredRelations(), searched);
    }

    private RelationPlan find(List<String> texts, boolean searched) {
        for (String text : texts) {
            for (Candidate candidate : new DeclaredRelation(table, text).candidates()) {
                if (selection.declare(candidate) == null) {
                    throw new ConstraintException(
                            text + " and other relations say what the same column is, or go round in a circle");
                }
            }
        }
        if (!searched) {
            return new RelationPlan(selection.all());
        }
        addFormulas();
        new DateCopySearch(table).find().forEach(selection::add);
        new ProductSearch(table).find().forEach(selection::add);
        addSums();
        new DurationSearch(table).find().forEach(selection::add);
        new ScaledProductSearch(table, column -> !selection.isDecided(column) && !named.contain(column)).find()
                .forEach(selection::add);
        new ExtremeSearch(table, column -> !selection.isDecided(column)).find().forEach(selection::add);
        new CaseSearch(table, values, selection).addAll();
        addDependencies();
        addOrders();
        addLevelsAndGates();
        addCombinations();
        addReferences();
        new IncrementSearch(table).find(date -> !selection.isDecided(date)).forEach(selection::add);
        return new RelationPlan(confirmed(selection.all()));
    }

    /** Adds for each line the direction that loses less to rounding. */
    private void addFormulas() {
        Map<Set<Integer>, List<Candidate>> pairs = new HashMap<>();
        for (Candidate candidate : new FormulaSearch(table).find()) {
            Formula formula = (Formula) candidate.directions().get(0);
            pairs.computeIfAbsent(Set.of(formula.target(), formula.source()), none -> new ArrayList<>()).add(candidate);
        }
        pairs.values().stream().map(both -> both.stream().min(Comparator.comparingDouble(this::loss)).orElseThrow())
                .sorted(Comparator.comparingInt(candidate -> candidate.directions().get(0).target()))
                .forEach(selection::add);
    }

    private double loss(Candidate candidate) {
        Formula formula = (Formula) candidate.directions().get(0);
        boolean finer = Math.abs(formula.factor()) * table.step(formula.source()) >= table.step(formula.target())
                && formula.function() == Formula.Function.IDENTITY && table.step(formula.target()) > 0
                && new FormulaSearch(table).isExact(formula);
        if (finer || formula.isExact(table.step(formula.source()), table.step(formula.target()))) {
            return -1e-12 * formula.target();
        }
        double lost = formula.tolerance() + formula.slack(table.middle(formula.source()), table.step(formula.source()) / 2);
        return lost / table.spread(formula.target()) - 1e-12 * formula.target();
    }

    private void addSums() {
        List<Candidate> sums = new SumSearch(table).find().stream()
                .sorted(Comparator.comparingInt(candidate -> -candidate.evidence().rows())).toList();
        for (Candidate candidate : sums) {
            Relation added = selection.add(candidate);
            if (added instanceof LinearSum sum && candidate.directions().get(0) != added && sum.sources().size() == 2) {
                addBound(sum);
            }
        }
    }

    /** Adds a bound: if {@code b = total - a} and no column is negative, {@code a} must not exceed the total. */
    private void addBound(LinearSum difference) {
        int total = difference.sources().get(0);
        int other = difference.sources().get(1);
        boolean positive = IntStream.of(total, other, difference.target())
                .allMatch(column -> IntStream.range(0, table.rows()).noneMatch(i -> table.numbers(column)[i] < 0));
        if (positive) {
            selection.add(Candidate.of(atMost(other, total), new RuleCheck.Evidence(table.rows(), 0, table.rows())));
        }
    }

    private void addDependencies() {
        List<KeyColumn> keys = new ArrayList<>(values.stream().filter(key -> !table.isDate(key.column())).toList());
        keys.addAll(parts);
        DependencySearch search = new DependencySearch(table, keys);
        List<KeyColumn> targets = new ArrayList<>(values);
        targets.sort(Comparator.<KeyColumn> comparingInt(target -> table.isNumeric(target.column()) ? 0 : 1)
                .thenComparingInt(target -> -target.column()));
        for (KeyColumn target : targets) {
            if (!selection.isDecided(target.column())) {
                addFirst(search.ofOne(target));
            }
        }
        addSteps(targets, true);
        new FlagSearch(table).find(column -> !selection.isDecided(column)).forEach(selection::add);
        for (KeyColumn target : targets) {
            if (!selection.isDecided(target.column())) {
                addFirst(search.ofTwo(target));
            }
        }
        new ComparisonSearch(table).find(targets.stream().filter(target -> !selection.isDecided(target.column())).toList())
                .forEach(selection::add);
        addSteps(targets, false);
    }

    /** Adds the simplest candidate that is possible. */
    private void addFirst(List<Candidate> candidates) {
        List<Candidate> sorted = candidates.stream()
                .sorted(Comparator.<Candidate> comparingLong(candidate -> candidate.evidence().broken())
                        .thenComparingInt(candidate -> rank((Lookup) candidate.directions().get(0)))
                        .thenComparingInt(candidate -> ((Lookup) candidate.directions().get(0)).table().size()))
                .toList();
        for (Candidate candidate : sorted) {
            if (selection.add(candidate) != null) {
                return;
            }
        }
    }

    private static int rank(Lookup lookup) {
        return lookup.keys().stream().mapToInt(key -> key instanceof Keys.Names ? 0 : key instanceof Keys.Numbers ? 1 : 2)
                .sum();
    }

    private void addSteps(List<KeyColumn> targets, boolean dates) {
        StepSearch search = new StepSearch(table);
        for (int source : table.varying(dates)) {
            List<KeyColumn> open = targets.stream().filter(target -> !selection.isDecided(target.column())).toList();
            search.find(source, open).forEach(selection::add);
        }
    }

    private void addOrders() {
        Map<Integer, List<OrderSearch.Pair>> byGreater = new TreeMap<>();
        for (OrderSearch.Pair pair : new OrderSearch(table).find()) {
            byGreater.computeIfAbsent(pair.greater(), none -> new ArrayList<>()).add(pair);
        }
        byGreater.forEach((greater, pairs) -> {
            List<Integer> lessers = pairs.stream().map(OrderSearch.Pair::lesser)
                    .filter(lesser -> selection.mayFollow(greater, lesser)).toList();
            if (!selection.isDecided(greater) && !lessers.isEmpty()) {
                double[] range = table.range(greater);
                selection.add(Candidate.of(new AtLeast(greater, lessers, range[0], range[1], caps(greater, byGreater),
                        pairs.stream().anyMatch(OrderSearch.Pair::floored)), pairs.get(0).evidence()));
            }
        });
        byGreater.forEach((greater, pairs) -> pairs.stream()
                .filter(pair -> !pair.floored() && !selection.isDecided(pair.lesser()))
                .filter(pair -> selection.chain(greater).stream()
                        .noneMatch(
                                found -> found.relation() instanceof AtLeast order && order.lessers().contains(pair.lesser())))
                .forEach(pair -> selection.add(Candidate.of(atMost(pair.lesser(), greater), pair.evidence()))));
    }

    /** Returns the decided columns that a column never exceeds. */
    private List<Integer> caps(int column, Map<Integer, List<OrderSearch.Pair>> byGreater) {
        return byGreater.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(pair -> pair.lesser() == column && !pair.floored()))
                .map(Map.Entry::getKey)
                .filter(greater -> selection.isDecided(greater) && selection.mayFollow(column, greater)).toList();
    }

    private AtMost atMost(int lesser, int greater) {
        double[] range = table.range(lesser);
        return new AtMost(lesser, greater, range[0], range[1]);
    }

    private void addLevelsAndGates() {
        List<KeyColumn> keys = new ArrayList<>(values.stream().filter(key -> !table.isDate(key.column())).toList());
        keys.addAll(parts);
        List<KeyColumn> gateKeys = new ArrayList<>(keys);
        gateKeys.addAll(states);
        GateSearch gates = new GateSearch(table, gateKeys);
        List<KeyColumn> levelKeys = new ArrayList<>(keys);
        for (int column : table.varying(false)) {
            Clusters.of(table, column).ifPresent(levelKeys::add);
        }
        LevelSearch levels = new LevelSearch(table, levelKeys);
        for (int target = table.columns() - 1; target >= 0; target--) {
            if (!selection.isComplete(target) && !isExclusive(target)) {
                List<Candidate> chosen = chosen(gates.find(target), target);
                if (table.isNumeric(target) && !table.isDate(target) && !selection.isDecided(target)) {
                    addLevels(levels, target, chosen);
                }
                chosen.forEach(selection::add);
            }
        }
    }

    private boolean isExclusive(int target) {
        return selection.chain(target).stream().anyMatch(found -> found.relation() instanceof ExclusiveFlag);
    }

    /** Chooses one gate for missing values and one for a special number. */
    private List<Candidate> chosen(List<Candidate> gates, int target) {
        List<Candidate> chosen = new ArrayList<>();
        for (boolean missing : new boolean[] { false, true }) {
            gates.stream().filter(gate -> ((Gate) gate.directions().get(0)).ofMissing() == missing)
                    .filter(gate -> gate.directions().get(0).sources().stream()
                            .allMatch(source -> selection.mayFollow(target, source)))
                    .findFirst().ifPresent(chosen::add);
        }
        return chosen;
    }

    private void addLevels(LevelSearch search, int target, List<Candidate> gates) {
        double[] numbers = table.numbers(target);
        if (IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).distinct().limit(MIN_LEVEL_VALUES)
                .count() < MIN_LEVEL_VALUES) {
            return;
        }
        double unit = NumberColumn.unit(table.schema().column(target));
        List<Double> special = gates.stream().flatMap(gate -> ((Gate) gate.directions().get(0)).special().stream())
                .map(steps -> steps / unit).toList();
        boolean[] learned = new boolean[numbers.length];
        for (int i = 0; i < learned.length; i++) {
            learned[i] = !Double.isNaN(numbers[i]) && !special.contains(numbers[i]);
        }
        for (Level level : search.find(target, learned, source -> selection.mayFollow(target, source))) {
            selection.add(Candidate.of(level, new RuleCheck.Evidence(table.rows(), 0, table.rows())));
        }
    }

    /** Adds for each column of names the strongest restriction by one other. */
    private void addCombinations() {
        CombinationSearch search = new CombinationSearch(table, values);
        for (int target = table.columns() - 1; target >= 0; target--) {
            if (!selection.isDecided(target)) {
                for (Candidate candidate : search.find(target)) {
                    if (selection.add(candidate) != null) {
                        break;
                    }
                }
            }
        }
    }

    /** Treats numbers on which other columns depend as identifiers. */
    private void addReferences() {
        Set<Integer> named = new TreeSet<>();
        for (FoundRelation found : selection.all()) {
            if (found.relation() instanceof Lookup lookup) {
                lookup.keys().stream().filter(Keys.Numbers.class::isInstance).forEach(key -> named.add(key.column()));
            }
        }
        ReferenceSearch search = new ReferenceSearch(table);
        for (KeyColumn keys : values) {
            if (!selection.isDecided(keys.column()) && !named.contains(keys.column())) {
                search.find(keys).ifPresent(selection::add);
            }
        }
        for (int column : named) {
            Optional<KeyColumn> keys = values.stream().filter(key -> key.column() == column).findAny();
            if (keys.isPresent() && !selection.isDecided(column)
                    && keys.get().keys().size() * (long) RareNames.FEWEST_ROWS <= table.rows()) {
                selection.add(Candidate.of(new Reference(column, ((Keys.Numbers) keys.get().keys()).values()),
                        new RuleCheck.Evidence(table.rows(), 0, table.rows())));
            }
        }
    }

    /** Keeps the relations that hold in all rows of the sample, because the search may have used only some of them. */
    private List<FoundRelation> confirmed(List<FoundRelation> found) {
        int rows = table.batch().size();
        if (rows == table.rows()) {
            return found;
        }
        Cells cells = new Cells(table.batch());
        List<FoundRelation> confirmed = new ArrayList<>();
        for (FoundRelation relation : found) {
            long broken = IntStream.range(0, rows).filter(relation.relation().broken(cells)).count();
            boolean partial = relation.relation() instanceof PartialRelation;
            if (relation.declared() || broken * TableColumns.NEAR <= rows && !(partial && broken > 0)) {
                confirmed.add(new FoundRelation(relation.relation(), relation.gaps(), rows, broken, relation.chance(),
                        relation.declared()));
            }
        }
        return confirmed;
    }
}
