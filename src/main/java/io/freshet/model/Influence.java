package io.freshet.model;

import java.time.Duration;

/** How new rows and previous knowledge are weighted when a model learns. */
public sealed interface Influence {

    /**
     * Weights the new rows against everything that was learned before.
     *
     * @param weight 0 (they change nothing) to 1 (only they count)
     */
    record Weight(double weight) implements Influence {
        public Weight {
            if (!(weight >= 0 && weight <= 1)) {
                throw new IllegalArgumentException("weight must be 0 to 1, not " + weight);
            }
        }
    }

    /**
     * Weights the most recent rows equally; older ones do not count.
     *
     * @param rows at least 1
     */
    record LastRows(long rows) implements Influence {
        public LastRows {
            if (rows < 1) {
                throw new IllegalArgumentException("a window must hold at least one row, not " + rows);
            }
        }
    }

    /**
     * Weights the rows of the most recent period equally; older ones do not count. The window moves when rows arrive.
     *
     * @param span above 0
     */
    record LastTime(Duration span) implements Influence {
        public LastTime {
            if (span.isNegative() || span.isZero()) {
                throw new IllegalArgumentException("a window must be longer than zero, not " + span);
            }
        }
    }
}
