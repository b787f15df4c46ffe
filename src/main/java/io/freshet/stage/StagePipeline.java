package io.freshet.stage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.freshet.event.ReadProgress;

/**
 * The stages of one running stream in order: a batch goes through the first stage, its output through the second, and so on.
 * One thread processes, any thread may read statistics.
 */
public final class StagePipeline {

    private final List<StageRun> runs;
    private final LongSupplier nanos;
    private final Processed processed = new Processed();

    /** @param nanos a monotonic clock */
    public StagePipeline(List<NamedStage> stages, LongSupplier nanos) {
        this.runs = stages.stream().map(stage -> new StageRun(stage, processed)).toList();
        this.nanos = nanos;
    }

    public boolean isEmpty() {
        return runs.isEmpty();
    }

    /**
     * Processes a batch.
     *
     * @param records the batch; empty to advance time only
     * @param now milliseconds since 1970
     * @return the outcome; valid until the next call
     */
    public Processed process(List<StageRecord> records, long now) {
        return process(records, now, Integer.MAX_VALUE);
    }

    /**
     * Processes a batch with back-pressure.
     *
     * @param room about how many records the sinks accept; 0 if they are full
     */
    public Processed process(List<StageRecord> records, long now, int room) {
        return process(records, now, room, ReadProgress.NONE);
    }

    /**
     * Processes a batch with back-pressure and the progress of the source.
     *
     * @param progress what the source knew about further records before it read this batch
     */
    public Processed process(List<StageRecord> records, long now, int room, ReadProgress progress) {
        processed.begin();
        announce(records);
        List<StageRecord> current = records;
        @Nullable
        ReadProgress known = progress;
        for (StageRun run : runs) {
            long startedAt = nanos.getAsLong();
            boolean came = !current.isEmpty();
            current = run.process(current, now, room, known);
            known = known == null || run.stage().held() > 0 ? null
                    : run.stage().mergesPartitions() ? known.merged() : known;
            if (came) {
                run.took(nanos.getAsLong() - startedAt);
            }
        }
        return processed.finish(current);
    }

    /**
     * The first stage receives all records anyway, and after a stage that merges partitions there are no partitions to track.
     */
    private void announce(List<StageRecord> records) {
        for (int i = 1; i < runs.size() && !runs.get(i - 1).stage().mergesPartitions(); i++) {
            runs.get(i).stage().announce(records);
        }
    }

    /** Emits what the stages still hold when the input has ended. */
    public Processed finish(long now) {
        processed.begin();
        List<StageRecord> current = List.of();
        for (StageRun run : runs) {
            current = run.finish(current, now);
        }
        return processed.finish(current);
    }

    /** Returns how many records the stages hold back until the sinks accept them. */
    public int held() {
        return runs.stream().mapToInt(run -> run.stage().held()).sum();
    }

    /** Returns how many more records the stages accept while the sinks are full. */
    public int ahead() {
        return runs.stream().mapToInt(run -> run.stage().ahead()).filter(ahead -> ahead > 0).findFirst().orElse(0);
    }

    /** Returns whether any stage carries state from record to record. */
    public boolean keepsState() {
        return runs.stream().anyMatch(run -> run.stage().keepsState());
    }

    /** Returns how many stages there are up to and including the last one with state. */
    public int stagesWithState() {
        int last = runs.size();
        while (last > 0 && !runs.get(last - 1).stage().keepsState()) {
            last--;
        }
        return last;
    }

    /** Returns the state of all stages. */
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
     * Continues from the state of another chain of the same definition.
     *
     * @throws IllegalArgumentException if the bytes are not the state of such a chain
     */
    public void restore(byte[] state) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            if (in.readInt() != runs.size()) {
                throw new IllegalArgumentException("the state belongs to other stages");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the state of the stages is corrupt", e);
        }
        restore(state, runs.size());
    }

    /**
     * Restores the first stages only, from the state of a chain whose first stages have the same definitions.
     *
     * @throws IllegalArgumentException if the bytes are not the state of such a chain
     */
    public void restore(byte[] state, int first) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            in.readInt();
            for (StageRun run : runs.subList(0, first)) {
                run.stage().restore(in.readNBytes(in.readInt()));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the state of the stages is corrupt", e);
        }
    }

    /** Releases the memory that the stages have reserved. Called once, when they are no longer used. */
    public void release() {
        runs.forEach(run -> run.stage().release());
    }

    public List<StageStatistics> statistics() {
        return runs.stream().map(StageRun::statistics).toList();
    }

    /**
     * Returns the stages of a kind, including those inside other stages, that failed since a time, in milliseconds since 1970.
     */
    public List<Failures> failedSince(String kind, long since) {
        return runs.stream().flatMap(run -> run.failedSince(kind, since).stream()).toList();
    }

    /**
     * Returns the stages that pass no record on, although records reach them.
     *
     * @param now milliseconds since 1970
     */
    public List<BlockingStage> blocking(long now) {
        return runs.stream().flatMap(run -> run.blocking(now).stream()).toList();
    }

    /** Returns the stages of a class in their order. */
    public <T extends Stage> List<T> find(Class<T> type) {
        return runs.stream().map(StageRun::stage).filter(type::isInstance).map(type::cast).toList();
    }
}
