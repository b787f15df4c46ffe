package io.freshet.stream;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.source.Source;
import io.freshet.stage.StageChain;
import io.freshet.store.StageStates.State;

/**
 * The states of stages that a stream can be taken up again with: each belongs to a position, and can be used once the sinks
 * have settled all that came before it. Between two of them the position of the stream does not count. The stream's thread
 * takes them, any thread asks.
 */
final class StageSnapshots {

    private static final Logger LOG = Logger.getLogger(StageSnapshots.class);
    /** Taking them may take a twentieth of the time. */
    private static final int SHARE = 20;

    private final @Nullable StageChain chain;
    private final Source source;
    private final StreamTime time;
    private final Consumer<State> saver;
    private final long begun;
    private long notBefore;
    private volatile boolean wanted;
    private volatile @Nullable State usable;

    /**
     * @param stages null if there are none
     * @param position where the stream begins
     */
    StageSnapshots(@Nullable Staging stages, Source source, StreamTime time, long position) {
        this.chain = stages == null || !stages.chain().keepsState() ? null : stages.chain();
        this.saver = stages == null ? state -> {
        } : stages::save;
        this.source = source;
        this.time = time;
        this.notBefore = time.nanos();
        this.begun = position;
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
            save(now(chain, position));
            acknowledge(position, position);
        }
    }

    private State now(StageChain stages, long position) {
        return new State(position, source.bookmark(position).orElse(null), stages.state());
    }

    /** Says that a slice is settled, in order. */
    void settled(Slice slice) {
        if (slice.state != null) {
            save(slice.state);
        }
    }

    /** The source hears of records only when what the stages keep of them is safe. */
    private void save(State state) {
        long begun = time.nanos();
        try {
            saver.accept(state);
            usable = state;
        } catch (UncheckedIOException e) {
            LOG.errorf("What the stages of a stream keep was not saved: position=%d reason=%s", state.position(),
                    e.getMessage());
        }
        notBefore += SHARE * (time.nanos() - begun);
    }

    /** Tells the source what is not needed any more. */
    void acknowledge(long before, long acknowledged) {
        if (chain != null) {
            source.acknowledged(safePosition());
        } else if (acknowledged > before) {
            source.acknowledged(acknowledged);
        }
    }

    /** The last one that can be used. */
    Optional<State> usable() {
        return Optional.ofNullable(usable);
    }

    /** The position of the last one that is safe. */
    long safePosition() {
        State state = usable;
        return state == null ? begun : state.position();
    }
}
