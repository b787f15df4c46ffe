package io.freshet.stage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The stages of one running stream, one after the other: a run of records goes through the first, what comes of it through the
 * second, and so on. One thread works, any thread asks for statistics.
 */
public final class StageChain {

    private final List<StageRun> runs;
    private final LongSupplier nanos;
    private final Processed processed = new Processed();

    /**
     * @param nanos a steady clock
     */
    public StageChain(List<NamedStage> stages, LongSupplier nanos) {
        this.runs = stages.stream().map(stage -> new StageRun(stage, processed)).toList();
        this.nanos = nanos;
    }

    public boolean isEmpty() {
        return runs.isEmpty();
    }

    /**
     * @param records may be none, so that time goes on
     * @param now milliseconds since 1970
     * @return what became of them; valid until the next call
     */
    public Processed process(List<StageRecord> records, long now) {
        return process(records, now, Integer.MAX_VALUE);
    }

    /**
     * The same.
     *
     * @param room how many records there is room for behind the stages, about; 0 for none
     */
    public Processed process(List<StageRecord> records, long now, int room) {
        processed.begin();
        List<StageRecord> current = records;
        for (StageRun run : runs) {
            long begun = nanos.getAsLong();
            boolean came = !current.isEmpty();
            current = run.process(current, now, room);
            if (came) {
                run.took(nanos.getAsLong() - begun);
            }
        }
        return processed.finish(current);
    }

    /** What the stages keep, when no more records come. */
    public Processed finish(long now) {
        processed.begin();
        List<StageRecord> current = List.of();
        for (StageRun run : runs) {
            current = run.finish(current, now);
        }
        return processed.finish(current);
    }

    /** How many records the stages hold back until there is room for them. */
    public int held() {
        return runs.stream().mapToInt(run -> run.stage().held()).sum();
    }

    /** How many more records they take while there is no room behind them. */
    public int ahead() {
        return runs.stream().mapToInt(run -> run.stage().ahead()).filter(ahead -> ahead > 0).findFirst().orElse(0);
    }

    /** Whether one of the stages keeps anything from record to record. */
    public boolean keepsState() {
        return runs.stream().anyMatch(run -> run.stage().keepsState());
    }

    /** How many stages there are up to the last one that keeps anything from record to record. */
    public int stagesWithState() {
        int last = runs.size();
        while (last > 0 && !runs.get(last - 1).stage().keepsState()) {
            last--;
        }
        return last;
    }

    /** What the stages keep from record to record. */
    public byte[] state() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(runs.size());
            for (StageRun run : runs) {
                byte[] state = run.stage().state();
                out.writeInt(state.length);
                out.write(state);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Goes on where another chain of the same definition was.
     *
     * @throws IllegalArgumentException if this is no state of such a chain
     */
    public void restore(byte[] state) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            if (in.readInt() != runs.size()) {
                throw new IllegalArgumentException("the state is of other stages");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the state of the stages is broken", e);
        }
        restore(state, runs.size());
    }

    /**
     * Has the first stages go on where those of another chain were, whose first stages have the same definitions.
     *
     * @throws IllegalArgumentException if this is no state of such a chain
     */
    public void restore(byte[] state, int first) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            in.readInt();
            for (StageRun run : runs.subList(0, first)) {
                run.stage().restore(in.readNBytes(in.readInt()));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the state of the stages is broken", e);
        }
    }

    public List<StageStatistics> statistics() {
        return runs.stream().map(StageRun::statistics).toList();
    }

    /** The stages of a kind, also inside others, that something was wrong for since a moment, milliseconds since 1970. */
    public List<Failures> failedSince(String kind, long since) {
        return runs.stream().flatMap(run -> run.failedSince(kind, since).stream()).toList();
    }

    /** The stages of a class, by the order they come in. */
    public <T extends Stage> List<T> find(Class<T> type) {
        return runs.stream().map(StageRun::stage).filter(type::isInstance).map(type::cast).toList();
    }
}
