package io.freshet.model.online;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.freshet.model.Influence;
import io.freshet.model.tree.TreeFitter;
import io.freshet.model.tree.TreeModel;
import io.freshet.model.tree.TreeSegment;
import io.freshet.table.RowBatch;

/**
 * The trees of a sliding window: a limited number of segments, each with a model of the rows of one period. The model of the
 * window is fitted to rows that are drawn from the segments in proportion to their shares.
 */
final class TreeWindow {

    /** The number of segments into which a window is divided; there are at most twice as many, plus one. */
    static final int PARTS = 8;
    private static final int MAX_SEGMENT_ROWS = 30_000;
    private static final int MIN_DRAWN = 5_000;
    /** Drawing several rows for each learned one keeps the sampling noise small. */
    private static final int DRAWN_PER_ROW = 4;
    private static final long SEED = 0x5e6L;

    private final TreeModel old;
    private final SegmentRing ring;

    TreeWindow(TreeModel old, Influence window) {
        this.old = old;
        this.ring = new SegmentRing(window);
    }

    /**
     * Returns the model of the window after new rows.
     *
     * @param ofNew the model of the new rows alone
     * @param newRows how many new rows there were
     * @param maxDrawn the maximum number of rows to draw
     */
    TreeModel after(TreeModel ofNew, long newRows, Instant fittedAt, Instant arrived, int maxDrawn) {
        List<TreeSegment> known = old.segments().isEmpty()
                ? List.of(new TreeSegment(old.fittedRows(), 1, fittedAt, fittedAt, old))
                : old.segments();
        Instant newest = known.get(known.size() - 1).to();
        // clocks may go backwards, but segments must stay in order
        Instant now = newest.isAfter(arrived) ? newest : arrived;
        List<TreeSegment> segments = new ArrayList<>(ring.aged(known, newRows, now));
        double share = Math.max(0, 1 - segments.stream().mapToDouble(TreeSegment::share).sum());
        segments.add(new TreeSegment(ring.counted(newRows), Math.min(1, share), now, now, ofNew.withTextsOf(old, newRows)));
        long rows = Math.round(segments.stream().mapToDouble(TreeSegment::rows).sum());
        TreeModel model = fit(segments, (int) Math.min(maxDrawn, Math.max(MIN_DRAWN, DRAWN_PER_ROW * rows)));
        return model.withTextsOf(old, rows).withSegments(ring.merged(segments, PARTS, PARTS, this::merge));
    }

    private TreeSegment merge(TreeSegment older, TreeSegment newer) {
        double rows = older.rows() + newer.rows();
        double share = older.share() + newer.share();
        TreeModel model = fit(List.of(older, newer),
                (int) Math.min(MAX_SEGMENT_ROWS, Math.max(MIN_DRAWN, DRAWN_PER_ROW * rows)));
        return new TreeSegment(rows, Math.min(1, share), older.from(), newer.to(), model.withTextsOf(old, Math.round(rows)));
    }

    private TreeModel fit(List<TreeSegment> segments, int size) {
        if (segments.size() == 1) {
            return segments.get(0).model();
        }
        double all = segments.stream().mapToDouble(TreeSegment::share).sum();
        List<RowBatch> parts = new ArrayList<>();
        for (int s = 0; s < segments.size(); s++) {
            int drawn = (int) Math.round(size * segments.get(s).share() / all);
            if (drawn > 0) {
                parts.add(TreeLearning.draw(segments.get(s).model(), SEED + s, drawn));
            }
        }
        return TreeFitter.fit(JoinedRows.of(old.schema(), parts), old);
    }
}
