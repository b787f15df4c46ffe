package io.freshet.model.gan;

import io.freshet.model.tree.ColumnCodes;
import io.freshet.model.tree.RestrictedColumn;
import io.freshet.model.tree.Segments;
import io.freshet.stats.AliasTable;
import io.freshet.stats.Draws;

/** A column under conditions: the share of each mode that satisfies them. Immutable. */
final class RestrictedModes {

    private final ColumnModes modes;
    private final RestrictedColumn column;
    private final Segments segments;
    private final double[] shares;
    private final double share;

    /** @param column the column with all of its conditions */
    RestrictedModes(ColumnModes modes, RestrictedColumn column) {
        this.modes = modes;
        this.column = column;
        this.segments = column.segments();
        this.shares = column.shares();
        ColumnCodes codes = modes.codes();
        double all = 0;
        double passing = 0;
        for (int code = 0; code < codes.missing(); code++) {
            all += codes.segments().massOf(code);
            passing += shares[code] * codes.segments().massOf(code);
        }
        double missing = modes.missingShare();
        this.share = (all > 0 ? (1 - missing) * passing / all : 0) + missing * shares[codes.missing()];
    }

    /** Returns the share of the column's values that satisfy the conditions. */
    double share() {
        return share;
    }

    /**
     * Returns the share of a mode's values that satisfy the conditions.
     *
     * @param position the position within the mode; it does not matter if the column has none
     */
    double share(int mode, float position) {
        if (modes.isMissing(mode)) {
            return shares[modes.codes().missing()];
        }
        return modes.isContinuous() ? column.passes(modes.place(mode, position)) ? 1 : 0 : shares[mode];
    }

    /** Returns a table that draws modes by the number of their rows that satisfy the conditions. */
    AliasTable table() {
        double[] weights = new double[modes.size()];
        for (int mode = 0; mode < weights.length; mode++) {
            weights[mode] = modes.counts().get(mode) * share(mode, 0);
        }
        return AliasTable.of(weights);
    }

    /** Returns the values that a code may stand for. */
    Segments segments() {
        return segments;
    }

    /** Draws a code from the values of the table that satisfy the conditions; the last code is that of missing values. */
    int draw(Draws draws) {
        ColumnCodes codes = modes.codes();
        double missing = modes.missingShare() * shares[codes.missing()];
        double left = draws.uniform() * share - missing;
        if (left < 0) {
            return codes.missing();
        }
        double all = 0;
        for (int code = 0; code < codes.missing(); code++) {
            all += codes.segments().massOf(code);
        }
        left *= all / (1 - modes.missingShare());
        int last = codes.missing();
        for (int code = 0; code < codes.missing(); code++) {
            double mass = shares[code] * codes.segments().massOf(code);
            if (mass > 0) {
                last = code;
                left -= mass;
                if (left < 0) {
                    return code;
                }
            }
        }
        return last;
    }
}
