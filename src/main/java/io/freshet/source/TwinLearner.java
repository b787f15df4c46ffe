package io.freshet.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ConditionException;
import io.freshet.model.Influence;
import io.freshet.model.ModelFitter;
import io.freshet.model.OnlineLearning;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

/**
 * Teaches a model rows as they come, on a thread of its own. Single rows that contradict what the model knows of its columns
 * are left out; when most of them do, the model is fitted anew, to the first of those and what came after it.
 */
final class TwinLearner implements AutoCloseable {

    private static final int MOST_ROWS = 50_000;
    private static final long MOST_BYTES = 32L << 20;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_LOOKED_AT = 5_000;

    /**
     * @param minRows from how many rows the first model is made
     * @param every how many rows are learned together; fewer when they come slowly
     * @param longest how long rows wait for others to be learned with
     */
    record Settings(Influence influence, SynthesisMethod method, int minRows, int every, Duration longest) {
    }

    private final Settings settings;
    private final LearningModel model;
    private final Thread thread;
    private List<byte[]> rows = new ArrayList<>();
    private long bytes;
    private long waitingSince;
    private boolean closing;
    private volatile @Nullable String warning;

    TwinLearner(Settings settings, LearningModel model, String name) {
        this.settings = settings;
        this.model = model;
        this.thread = new Thread(this::run, "twin-" + name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** A row, as a JSON object. */
    synchronized void add(byte[] row) {
        if (rows.isEmpty()) {
            waitingSince = System.nanoTime();
        }
        rows.add(row);
        bytes += row.length + 1;
        if (isDue()) {
            notifyAll();
        }
    }

    /** Whether it cannot keep up: no more rows are to come for now. */
    synchronized boolean isFull() {
        return rows.size() >= MOST_ROWS || bytes >= MOST_BYTES;
    }

    /** What somebody should look at; null for nothing. */
    @Nullable
    String warning() {
        return warning;
    }

    /** What is full is due, however many rows are wanted: no more would come. */
    private boolean isDue() {
        return isFull() || rows.size() >= (model.newest().isEmpty() ? settings.minRows() : settings.every())
                || model.newest().isPresent() && !rows.isEmpty()
                        && System.nanoTime() - waitingSince >= settings.longest().toNanos();
    }

    private void run() {
        try {
            for (List<byte[]> next = take(); !next.isEmpty(); next = take()) {
                step(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The rows that are to be learned together, once there are enough; none when it is over. */
    private synchronized List<byte[]> take() throws InterruptedException {
        while (!closing && !isDue()) {
            wait(SHORTEST.toMillis());
        }
        List<byte[]> next = closing ? List.of() : rows;
        rows = new ArrayList<>();
        bytes = 0;
        return next;
    }

    private void step(List<byte[]> next) {
        long begun = System.nanoTime();
        try {
            if (model.newest().isEmpty()) {
                model.fitted(ModelFitter.fit(read(next, ReadOptions.defaults()), settings.method()), since(begun));
            } else {
                learn(next, begun);
            }
        } catch (TableException | ConditionException | UncheckedIOException e) {
            warning = next.size() + " rows were not learned: " + e.getMessage();
        }
    }

    private void learn(List<byte[]> next, long begun) {
        SynthesisModel known = model.newest().orElseThrow().model();
        ReadOptions asKnown = ReadOptions.defaults().withTypesOf(known.schema());
        List<byte[]> fitting;
        try {
            learn(read(next, asKnown));
            return;
        } catch (TableException e) {
            warning = "rows were left out: " + e.getMessage();
            fitting = next.stream().limit(MOST_LOOKED_AT).filter(row -> fits(row, asKnown)).toList();
        }
        if (fitting.size() > Math.min(next.size(), MOST_LOOKED_AT) / 2) {
            try {
                learn(read(fitting, asKnown));
                return;
            } catch (TableException e) {
                // a column is gone
            }
        }
        warning = "the topic holds something else: the model was fitted anew";
        int first = IntStream.range(0, next.size()).filter(i -> !fits(next.get(i), asKnown)).findFirst().orElse(0);
        TableSample anew = read(next.subList(first, next.size()), ReadOptions.defaults());
        model.fitted(ModelFitter.fit(anew, settings.method()), since(begun));
    }

    private void learn(TableSample sample) {
        model.learn((before, fittedAt) -> OnlineLearning.learn(before, sample, influence(sample.totalRows()), fittedAt,
                Instant.now()));
    }

    /** The weight is that of so many rows as are learned together; fewer weigh less. */
    private Influence influence(long learned) {
        return settings.influence() instanceof Influence.Weight by
                ? new Influence.Weight(1 - StrictMath.pow(1 - by.weight(), learned / (double) settings.every()))
                : settings.influence();
    }

    private static boolean fits(byte[] row, ReadOptions options) {
        try {
            read(List.of(row), options);
            return true;
        } catch (TableException e) {
            return false;
        }
    }

    private static TableSample read(List<byte[]> rows, ReadOptions options) {
        int size = rows.stream().mapToInt(row -> row.length + 1).sum();
        byte[] lines = new byte[size];
        int at = 0;
        for (byte[] row : rows) {
            System.arraycopy(row, 0, lines, at, row.length);
            at += row.length;
            lines[at++] = '\n';
        }
        try {
            return TableReader.read(new ByteArrayInputStream(lines), TableFormat.NDJSON, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Learns no more. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
