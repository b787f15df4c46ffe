package io.freshet.model;

import java.time.Duration;

/** What counts when a model learns more rows. */
public sealed interface Influence {

    /**
     * The new rows against all that was learned before.
     *
     * @param weight 0 (they change nothing) to 1 (they are all that counts)
     */
    record Weight(double weight) implements Influence {
        public Weight {
            if (!(weight >= 0 && weight <= 1)) {
                throw new IllegalArgumentException("weight must be 0 to 1, not " + weight);
            }
        }
    }

    /**
     * The last rows, each as much as any other; older ones count no more.
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
     * The rows of the last while, each as much as any other; older ones count no more. The window moves when rows come.
     *
     * @param span above 0
     */
    record LastTime(Duration span) implements Influence {
        public LastTime {
            if (span.isNegative() || span.isZero()) {
                throw new IllegalArgumentException("a window must last some time, not " + span);
            }
        }
    }
}
