package io.freshet.stage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

import io.freshet.stats.Philox;

/**
 * Holds records back while the sinks take no more, so that the stages before it go on; when there are too many of them, a
 * strategy decides. What it holds outlives a restart where states are kept.
 */
public final class Backlog implements Stage {

    private static final int VERSION = 1;

    /** What happens to a record for which there is no room. */
    public enum Overflow {
        /** There is always room: the stages before are not asked to do more than there is room for. */
        BLOCK,
        DROP_OLDEST,
        DROP_NEWEST,
        /** A share of the records takes the places of the oldest ones; the others are dropped. */
        SAMPLE
    }

    private final int most;
    private final Overflow overflow;
    private final double share;
    private final Deque<StageRecord> waiting = new ArrayDeque<>();
    private final long[] words = new long[2];
    private int room;
    private volatile int held;
    private volatile int mostHeld;

    /**
     * @param most how many records it holds
     * @param share of those for which there is no room that {@code SAMPLE} keeps, 0 to 1; which, is a function of their
     *        positions
     */
    public Backlog(int most, Overflow overflow, double share) {
        this.most = most;
        this.overflow = overflow;
        this.share = share;
    }

    @Override
    public void tick(StageOutput out) {
        room = out.room();
        while (room > 0 && !waiting.isEmpty()) {
            release(out, waiting.remove());
        }
        count();
    }

    private void release(StageOutput out, StageRecord record) {
        room--;
        out.emit(record);
    }

    @Override
    public void accept(StageRecord record, StageOutput out) {
        if (room > 0 && waiting.isEmpty()) {
            release(out, record);
        } else if (overflow == Overflow.BLOCK || waiting.size() < most) {
            waiting.add(record);
        } else if (overflow == Overflow.DROP_OLDEST || overflow == Overflow.SAMPLE && isInSample(record)) {
            out.drop(waiting.remove());
            waiting.add(record);
        } else {
            out.drop(record);
        }
        count();
    }

    private boolean isInSample(StageRecord record) {
        Philox.words(record.position(), 0, 0, most, words);
        return Philox.uniform(words[0]) < share;
    }

    @Override
    public void finish(StageOutput out) {
        waiting.forEach(out::emit);
        waiting.clear();
        count();
    }

    private void count() {
        held = waiting.size();
        mostHeld = Math.max(mostHeld, held);
    }

    @Override
    public int held() {
        return held;
    }

    @Override
    public int ahead() {
        return overflow == Overflow.BLOCK ? Math.max(0, most - held) : Integer.MAX_VALUE;
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("held", (long) held);
        counts.put("most_held", (long) mostHeld);
        return counts;
    }

    @Override
    public boolean keepsState() {
        return true;
    }

    @Override
    public byte[] state() {
        return StageState.of(VERSION, out -> {
            out.writeInt(waiting.size());
            for (StageRecord record : waiting) {
                RecordState.write(record, out);
            }
        });
    }

    @Override
    public void restore(byte[] state) {
        StageState.restore(state, VERSION, in -> {
            for (int left = in.readInt(); left > 0; left--) {
                waiting.add(RecordState.read(in));
            }
        });
        count();
    }
}
