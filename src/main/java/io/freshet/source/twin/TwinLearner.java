package io.freshet.source.twin;

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
import io.freshet.model.FitOptions;
import io.freshet.model.FittedModel;
import io.freshet.model.Influence;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.FitNotices;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Teaches a model rows as they arrive, on a thread of its own. Single rows that contradict what the model knows about its
 * columns are skipped. When most rows do, the model is fitted again, to the first of those and the rows after it.
 */
public final class TwinLearner implements AutoCloseable {

    private static final int MAX_ROWS = 50_000;
    private static final long MAX_BYTES = 32L << 20;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_EXAMINED = 5_000;

    /**
     * How and when rows are learned.
     *
     * @param minRows the number of rows from which the first model is fitted
     * @param every how many rows are learned at a time; fewer when they arrive slowly
     * @param longest how long rows wait for others to be learned with
     */
    public record Settings(Influence influence, SynthesisMethod method, int minRows, int every, Duration longest) {
    }

    private final Settings settings;
    private final LearningModel model;
    private final Thread thread;
    private List<byte[]> rows = new ArrayList<>();
    private long bytes;
    private long waitingSince;
    private boolean closing;
    private volatile @Nullable String warning;

    public TwinLearner(Settings settings, LearningModel model, String name) {
        this.settings = settings;
        this.model = model;
        this.thread = Threads.create(ThreadKind.TWIN, name, this::run);
    }

    public void start() {
        thread.start();
    }

    /** Adds a row, as a JSON object. */
    public synchronized void add(byte[] row) {
        if (rows.isEmpty()) {
            waitingSince = System.nanoTime();
        }
        rows.add(row);
        bytes += row.length + 1;
        if (isDue()) {
            notifyAll();
        }
    }

    /** Returns whether the learner cannot keep up, and accepts no more rows at present. */
    public synchronized boolean isFull() {
        return rows.size() >= MAX_ROWS || bytes >= MAX_BYTES;
    }

    /** Returns something that needs attention; null if there is nothing. */
    public @Nullable String warning() {
        return warning;
    }

    /** Returns whether the rows are due. A full buffer is due in any case, because no more rows are accepted. */
    private boolean isDue() {
        return isFull() || rows.size() >= (model.newest().isEmpty() ? settings.minRows() : settings.every())
                || (model.newest().isPresent() && !rows.isEmpty()
                        && System.nanoTime() - waitingSince >= settings.longest().toNanos());
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

    /** Waits for the rows that are to be learned next; returns none when learning has ended. */
    private synchronized List<byte[]> take() throws InterruptedException {
        while (!closing && !isDue()) {
            wait(SHORTEST.toMillis());
        }
        List<byte[]> next = closing ? List.of() : rows;
        rows = new ArrayList<>();
        bytes = 0;
        return next;
    }

    private void step(List<byte[]> taken) {
        long startedAt = System.nanoTime();
        List<byte[]> next = withinWindow(taken);
        try {
            if (model.newest().isEmpty()) {
                fit(read(next, ReadOptions.defaults()), startedAt);
            } else {
                learn(next, startedAt);
            }
        } catch (TableException | ConditionException | UncheckedIOException e) {
            warning = next.size() + " rows were not learned: " + e.getMessage();
        }
    }

    /** Rows that accumulated beyond the window are already too old when they are learned. */
    private List<byte[]> withinWindow(List<byte[]> next) {
        return settings.influence() instanceof Influence.LastRows last && next.size() > last.rows()
                ? next.subList(next.size() - Math.toIntExact(last.rows()), next.size())
                : next;
    }

    private void learn(List<byte[]> next, long startedAt) {
        SynthesisModel known = model.newest().orElseThrow().model();
        if (known.method() == SynthesisMethod.MST) {
            warning = "the model is private and learns nothing from a topic, because each update spends epsilon";
            return;
        }
        ReadOptions asKnown = ReadOptions.defaults().withTypesOf(known.schema());
        List<byte[]> fitting;
        try {
            learn(read(next, asKnown));
            return;
        } catch (TableException e) {
            warning = "rows were skipped: " + e.getMessage();
            fitting = next.stream().limit(MAX_EXAMINED).filter(row -> fits(row, asKnown)).toList();
        }
        if (fitting.size() > Math.min(next.size(), MAX_EXAMINED) / 2) {
            try {
                learn(read(fitting, asKnown));
                return;
            } catch (TableException e) {
                // a column is missing
            }
        }
        warning = "the contents of the topic have changed; the model was fitted again";
        int first = IntStream.range(0, next.size()).filter(i -> !fits(next.get(i), asKnown)).findFirst().orElse(0);
        fit(read(next.subList(first, next.size()), ReadOptions.defaults()), startedAt);
    }

    private void fit(TableSample rows, long startedAt) {
        FittedModel fitted = ModelFitter.fitted(rows, settings.method(), FitOptions.defaults());
        model.fitted(fitted.model(), since(startedAt), FitNotices.of(rows, fitted));
    }

    private void learn(TableSample sample) {
        model.learn((before, fittedAt) -> OnlineLearning.learn(before, sample, influence(sample.totalRows()), fittedAt,
                Instant.now()));
    }

    /** Scales the weight, which applies to a full set of rows; fewer rows weigh less. */
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

    private static Duration since(long startedAt) {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Stops learning. */
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
