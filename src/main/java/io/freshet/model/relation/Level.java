package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Schema;

/**
 * A target that stays near a level that depends on another column. A model learns the difference from the level.
 *
 * @param levels the level for each key, in steps of the target; the last one is for missing values
 * @param least the smallest value of the target, in its steps
 * @param greatest the largest value of the target, in its steps
 */
public record Level(int target, Keys key, List<Double> levels, double least, double greatest) implements PartialRelation {

    public Level {
        levels = List.copyOf(levels);
        if (levels.size() != key.size() + 1) {
            throw new IllegalArgumentException("each key needs a level");
        }
    }

    @Override
    public List<Integer> sources() {
        return List.of(key.column());
    }

    @Override
    public String kind() {
        return "level";
    }

    @Override
    public String text(Schema schema) {
        return key.text(schema) + " sets the level of " + schema.column(target).name();
    }

    private RowStep shift(Cells cells, ColumnVector own, boolean down) {
        IntUnaryOperator keyOf = key.reader(cells);
        NumberColumn cell = NumberColumn.of(cells.column(target), own);
        double[] level = levels.stream().mapToDouble(Double::doubleValue).toArray();
        return row -> {
            int key = keyOf.applyAsInt(row);
            if (key >= 0 && !cell.isMissing(row)) {
                cell.set(row, down ? cell.get(row) - level[key] : cell.get(row) + level[key]);
            }
        };
    }

    @Override
    public RowStep reduction(Cells cells, ColumnVector own, boolean[] free) {
        return shift(cells, own, true);
    }

    @Override
    public RowStep derivation(Cells cells, ColumnVector own) {
        RowStep up = shift(cells, own, false);
        NumberColumn cell = NumberColumn.of(cells.column(target), own);
        return row -> {
            up.apply(row);
            if (!cell.isMissing(row)) {
                double value = cell.get(row);
                if (value < least || value > greatest) {
                    cell.set(row, Math.min(Math.max(value, least), greatest));
                }
            }
        };
    }

    /** A level is not a bound, so no row can break it. */
    @Override
    public IntPredicate broken(Cells cells) {
        return row -> false;
    }

    @Override
    public Column inner(Column column) {
        ColumnType type = column.type() instanceof ColumnType.DateTime ? new ColumnType.Whole() : column.type();
        return new Column(column.name(), type, column.nullable(), column.path());
    }
}
