package io.freshet.model.declared;

import java.util.Optional;

import io.freshet.model.ColumnCondition;
import io.freshet.stats.Permutation;
import io.freshet.stats.Philox;
import io.freshet.table.ColumnType;

/**
 * Numbers or dates of which each row has another: in order, or in an order that the seed decides. They start again after the
 * last one. Under a condition, only the numbers that satisfy it are counted off.
 *
 * @param permuted whether the seed decides the order
 */
record KeyLaw(Grid grid, boolean permuted) implements Law {

    private static final int ORDER_TAG = 0x4f00_0000;

    @Override
    public ColumnType type() {
        return grid.type();
    }

    @Override
    public Object draw(RowContext row) {
        long position = Long.remainderUnsigned(row.key(), grid.size());
        return grid.value(grid.at(permuted ? permuted(position, grid.size(), row) : position));
    }

    /** Returns the number at a position of the order of a seed. */
    static long permuted(long position, long size, RowContext row) {
        return Permutation.of(size, Philox.word(0, 0, ORDER_TAG, row.seed())).apply(position);
    }

    @Override
    public Object json(Object drawn) {
        return NumberLaw.json(grid.type(), (Long) drawn);
    }

    @Override
    public Optional<Restricted> given(ColumnCondition condition) {
        Grid kept = grid.given(condition);
        return Optional.of(new Restricted(new KeyLaw(kept, permuted), kept.size() / (double) grid.size()));
    }
}
