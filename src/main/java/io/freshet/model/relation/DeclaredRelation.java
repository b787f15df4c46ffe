package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.freshet.model.ConstraintException;
import io.freshet.model.marginal.NumberReader;
import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/** A relation as users declare it. Operators must be surrounded by blanks, because names may contain blanks. */
final class DeclaredRelation {

    private static final Pattern DEPENDENCY = Pattern.compile("(.+) -> (.+)");
    private static final Pattern ORDER = Pattern.compile("(.+?) (<=|>=) (.+)");
    private static final Pattern EQUATION = Pattern.compile("(.+) = (.+)");
    private static final double ROUNDING = .51;

    private final TableColumns table;
    private final Schema schema;
    private final String text;

    DeclaredRelation(TableColumns table, String text) {
        this.table = table;
        this.schema = table.schema();
        this.text = text.trim();
    }

    /**
     * Returns the relation in every direction in which it can be solved, or for flags of which one is set, one for each flag.
     *
     * @throws ConstraintException if the text is not a relation, if it names an unknown column, or if rows break it
     */
    List<Candidate> candidates() {
        List<Relation> directions = directions();
        return directions.stream().allMatch(ExclusiveFlag.class::isInstance)
                ? directions.stream().map(flag -> candidate(List.of(flag))).toList()
                : List.of(candidate(directions));
    }

    private Candidate candidate(List<Relation> directions) {
        int rows = table.batch().size();
        for (Relation relation : directions) {
            long broken = IntStream.range(0, rows).filter(relation.broken(new Cells(table.batch()))).count();
            if (broken > 0) {
                throw new ConstraintException(text + " does not hold in " + broken + " of " + rows + " rows");
            }
        }
        return new Candidate(directions, new RuleCheck.Evidence(rows, 0, rows));
    }

    private List<Relation> directions() {
        Matcher dependency = DEPENDENCY.matcher(text);
        if (dependency.matches()) {
            return List.of(dependency(dependency.group(1), dependency.group(2)));
        }
        Matcher order = ORDER.matcher(text);
        if (order.matches()) {
            boolean up = order.group(2).equals("<=");
            return order(up ? order.group(1) : order.group(3), up ? order.group(3) : order.group(1));
        }
        Matcher equation = EQUATION.matcher(text);
        if (equation.matches()) {
            return equation(equation.group(1), equation.group(2));
        }
        throw new ConstraintException(text + " is no relation; there are \"a = b\", \"a + b = c\", \"a - b = c\", "
                + "\"a * b = c\", \"a / b = c\", \"a = 2 * b\", \"a + b = 1\", \"a -> b\", \"a, b -> c\", \"a <= b\", \"a <= 40\", "
                + "and all forms of a constraint");
    }

    private Relation dependency(String sources, String target) {
        int index = index(target);
        List<KeyColumn> keys = new ArrayList<>();
        for (String name : sources.split(", ")) {
            keys.add(values(index(name)));
        }
        return new DependencySearch(table, keys).declared(values(index), keys)
                .orElseThrow(() -> new ConstraintException(text + " does not hold in all rows"));
    }

    private KeyColumn values(int column) {
        return KeyColumn.ofValues(table, column).orElseThrow(() -> new ConstraintException(text + " needs columns of a few "
                + "categories, numbers or dates, which " + schema.column(column).name() + " is not"));
    }

    private List<Relation> order(String lesser, String greater) {
        Optional<Double> low = number(lesser);
        Optional<Double> high = number(greater);
        if (low.isPresent() || high.isPresent()) {
            int column = numeric(low.isPresent() ? greater : lesser);
            double unit = NumberColumn.unit(schema.column(column));
            return List.of(new Bounds(column, low.map(value -> value * unit).orElse(Double.NEGATIVE_INFINITY),
                    high.map(value -> value * unit).orElse(Double.POSITIVE_INFINITY)));
        }
        int one = numeric(lesser);
        int other = numeric(greater);
        if (one == other || table.isDate(one) != table.isDate(other)) {
            throw new ConstraintException(text + " needs two columns of dates, or two of numbers");
        }
        double[] ofOther = table.range(other);
        double[] ofOne = table.range(one);
        return List.of(new AtLeast(other, List.of(one), ofOther[0], ofOther[1]), new AtMost(one, other, ofOne[0], ofOne[1]));
    }

    private List<Relation> equation(String left, String right) {
        if (schema.indexOf(left) < 0 && number(left).isEmpty() || number(right).isPresent()) {
            return equal(left, right);
        }
        return equal(right, left);
    }

    /** Parses an expression that equals a column or a number. */
    private List<Relation> equal(String expression, String result) {
        if (schema.indexOf(expression) >= 0 && schema.indexOf(result) >= 0) {
            return copies(index(expression), index(result));
        }
        Matcher factors = Pattern.compile("(.+) ([*/]) (.+)").matcher(expression);
        if (factors.matches()) {
            int target = numeric(result);
            double tolerance = ROUNDING * table.step(target);
            boolean quotient = factors.group(2).equals("/");
            Optional<Double> factor = number(factors.group(1));
            return factor.isPresent() && !quotient
                    ? List.of(new Formula(target, numeric(factors.group(3)), Formula.Function.IDENTITY, factor.get(), 0,
                            tolerance))
                    : List.of(new Product(target, numeric(factors.group(1)), numeric(factors.group(3)), quotient, tolerance));
        }
        return sum(expression, result);
    }

    private List<Relation> copies(int one, int other) {
        if (NumberReader.isNumeric(schema.column(one).type()) && NumberReader.isNumeric(schema.column(other).type())) {
            return List.of(new Formula(other, one, Formula.Function.IDENTITY, 1, 0, ROUNDING * table.step(other)),
                    new Formula(one, other, Formula.Function.IDENTITY, 1, 0, ROUNDING * table.step(one)));
        }
        return List.of(dependency(schema.column(one).name(), schema.column(other).name()));
    }

    private List<Relation> sum(String expression, String result) {
        List<Integer> columns = new ArrayList<>();
        List<Integer> signs = new ArrayList<>();
        int sign = 1;
        for (String part : expression.split("(?<= [+-]) | (?=[+-] )")) {
            if (part.equals("+") || part.equals("-")) {
                sign = part.equals("-") ? -1 : 1;
            } else {
                columns.add(index(part));
                signs.add(sign);
            }
        }
        FlagSearch flags = new FlagSearch(table);
        if (result.equals("1") && !signs.contains(-1) && columns.size() > 2 && columns.stream().allMatch(flags::isFlag)
                && columns.stream().distinct().count() == columns.size()) {
            return ExclusiveFlag.ofOne(columns);
        }
        columns.forEach(column -> numeric(schema.column(column).name()));
        double constant = number(result).orElse(0.);
        if (number(result).isEmpty()) {
            columns.add(numeric(result));
            signs.add(-1);
        }
        if (columns.stream().distinct().count() < columns.size() || columns.size() < 3
                && number(result).isEmpty() || columns.size() < 2) {
            throw new ConstraintException(text + " needs at least two different columns, or three");
        }
        return IntStream.iterate(columns.size() - 1, i -> i >= 0, i -> i - 1)
                .mapToObj(solved -> solved(columns, signs, solved, constant)).toList();
    }

    /** Solves {@code Σ sign · column = constant} for one column. */
    private Relation solved(List<Integer> columns, List<Integer> signs, int solved, double constant) {
        List<Integer> others = new ArrayList<>();
        List<Integer> otherSigns = new ArrayList<>();
        double tolerance = 0;
        for (int i = 0; i < columns.size(); i++) {
            tolerance += table.step(columns.get(i)) < 1 ? ROUNDING * table.step(columns.get(i)) : 0;
            if (i != solved) {
                others.add(columns.get(i));
                otherSigns.add(-signs.get(i) * signs.get(solved));
            }
        }
        if (others.size() == 1) {
            return new Formula(columns.get(solved), others.get(0), Formula.Function.IDENTITY, otherSigns.get(0),
                    constant * signs.get(solved), tolerance);
        }
        return new LinearSum(columns.get(solved), others, otherSigns, 1, false, constant * signs.get(solved), tolerance);
    }

    private int index(String name) {
        int index = schema.indexOf(name.trim());
        if (index < 0) {
            throw new ConstraintException(text + " names no column: " + name.trim());
        }
        return index;
    }

    private int numeric(String name) {
        int index = index(name);
        if (!table.isNumeric(index)) {
            ColumnType type = schema.column(index).type();
            throw new ConstraintException(text + " takes numbers and dates, but " + name + " is of type " + type.typeName());
        }
        return index;
    }

    private static Optional<Double> number(String text) {
        return text.trim().matches("-?[0-9]+(\\.[0-9]+)?") ? Optional.of(Double.valueOf(text.trim())) : Optional.empty();
    }
}
