package io.freshet.stream;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.source.Source;
import io.freshet.stage.StageChain;
import io.freshet.store.StageStates.State;

/**
 * The states of stages that a stream can be taken up again with: each belongs to a position, and can be used once the sinks have
 * settled all that came before it. Between two of them the position of the stream does not count. The stream's thread takes
 * them, any thread asks.
 */
final class StageSnapshots {

    /** Taking them may take a twentieth of the time. */
    private static final int SHARE = 20;

    private final @Nullable StageChain chain;
    private final Source source;
    private final StreamTime time;
    private long notBefore;
    private volatile boolean wanted;
    private volatile @Nullable State usable;
    private volatile long saved;

    /**
     * @param position where the stream begins
     */
    StageSnapshots(Optional<StageChain> chain, Source source, StreamTime time, long position) {
        this.chain = chain.filter(StageChain::keepsState).orElse(null);
        this.source = source;
        this.time = time;
        this.notBefore = time.nanos();
        this.saved = position;
    }

    /** Whether the stages keep anything; without, it is the position of the stream that counts, and there are no states. */
    boolean areNeeded() {
        return chain != null;
    }

    /** Asks for another one, soon. */
    void want() {
        wanted = chain != null;
    }

    boolean isWanted() {
        return wanted && time.nanos() - notBefore >= 0;
    }

    /** The state as it is now, at this position; the slice stands for it among those that are to be settled. */
    Slice take(long position) {
        wanted = false;
        long begun = time.nanos();
        Slice slice = new Slice();
        slice.state = chain == null ? null : now(chain, position);
        long end = time.nanos();
        notBefore = end + SHARE * (end - begun);
        return slice;
    }

    /** The state when all is settled, at the end. */
    void takeLast(long position) {
        if (chain != null) {
            usable = now(chain, position);
        }
    }

    private State now(StageChain stages, long position) {
        return new State(position, source.bookmark(position).orElse(null), stages.state());
    }

    /** Says that a slice is settled, in order. */
    void settled(Slice slice) {
        if (slice.state != null) {
            usable = slice.state;
        }
    }

    /** Tells the source what is not needed any more. */
    void acknowledge(long before, long acknowledged) {
        if (chain != null) {
            source.acknowledged(saved);
        } else if (acknowledged > before) {
            source.acknowledged(acknowledged);
        }
    }

    /** The last one that can be used. */
    Optional<State> usable() {
        return Optional.ofNullable(usable);
    }

    /** Says that one is safe: the records before it are not needed any more. */
    void saved(long position) {
        saved = position;
    }

    /** The position of the last one that is safe. */
    long savedPosition() {
        return saved;
    }
}
