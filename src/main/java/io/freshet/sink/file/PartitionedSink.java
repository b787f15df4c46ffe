package io.freshet.sink.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordEncoder;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.RecordHeaderFields;
import io.freshet.sink.Sink;
import io.freshet.table.Schema;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Writes records to files that follow one another, in folders by time. A file is complete when it is full, when its time is
 * over, or when the stream stops; only then does it appear under its name. All files stay. What a crash has left is completed
 * by the next sink of the same files.
 */
public final class PartitionedSink implements Sink {

    private static final Logger LOG = Logger.getLogger(PartitionedSink.class);
    /** Files that are open at a time; records of more times close the file that was opened first. */
    private static final int MAX_OPEN = 32;
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    /** A file that is open. */
    private record OpenFile(PartFile file, Instant openedAt) {
    }

    private final Path folder;
    private final FileTimes times;
    private final FileKind kind;
    private final InstantSource clock;
    private final Map<String, OpenFile> open = new LinkedHashMap<>();
    private @Nullable ScheduledExecutorService timer;
    /** Whether the last attempt of the timer failed, so that an outage is logged once. */
    private boolean failing;
    private boolean recovered;

    /** @param folder the folder, out of which no symbolic link may lead */
    public PartitionedSink(Path folder, FileTimes times, FileKind kind, InstantSource clock) {
        this.folder = folder;
        this.times = times;
        this.kind = kind;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public String target() {
        return times.pattern().toString();
    }

    @Override
    public @Nullable RecordEncoder encoder() {
        return kind.encoder();
    }

    @Override
    public @Nullable Schema columns() {
        return kind.columns();
    }

    @Override
    public RecordHeaderFields fields() {
        return RecordHeaderFields.ofTimestamp(times.timestamp().orElse(null));
    }

    @Override
    public synchronized CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        return CompletableFuture.completedStage(write(batchDelivery));
    }

    private Delivery write(BatchDelivery batchDelivery) {
        if (kind.needsColumns() && batchDelivery.batch().schema() == null) {
            return new Delivery.PermanentFailure("a Parquet file needs records with known columns");
        }
        try {
            recover();
            finishDue();
            for (Map.Entry<String, int[]> part : byPath(batchDelivery).entrySet()) {
                append(part.getKey(), batchDelivery, part.getValue());
            }
            startTimer();
            return Delivery.delivered();
        } catch (IOException e) {
            return new Delivery.TransientFailure("the file " + times.pattern() + " cannot be written: " + e.getMessage());
        }
    }

    /** Returns the open records by the path of their time. */
    private Map<String, int[]> byPath(BatchDelivery batchDelivery) {
        EncodedBatch batch = batchDelivery.batch();
        Instant now = clock.instant();
        if (times.timestamp().isEmpty()) {
            return Map.of(times.pattern().at(now), batchDelivery.open());
        }
        Map<String, List<Integer>> paths = new LinkedHashMap<>();
        for (int record : batchDelivery.open()) {
            Instant time = batch.timestamp(record).isPresent() ? Instant.ofEpochMilli(batch.timestamp(record).getAsLong())
                    : now;
            paths.computeIfAbsent(times.pattern().at(time), path -> new ArrayList<>()).add(record);
        }
        Map<String, int[]> indices = new LinkedHashMap<>();
        paths.forEach((path, records) -> indices.put(path, records.stream().mapToInt(Integer::intValue).toArray()));
        return indices;
    }

    private void append(String path, BatchDelivery batchDelivery, int[] records) throws IOException {
        boolean fresh = false;
        for (int done = 0; done < records.length;) {
            boolean known = open.containsKey(path);
            int appended = file(path).append(batchDelivery.batch(), records, done);
            Arrays.stream(records, done, done + appended).forEach(batchDelivery::markDelivered);
            done += appended;
            if (appended == 0) {
                if (fresh) {
                    throw new IOException("a new file accepts no record");
                }
                fresh = !known;
                finish(path);
            } else {
                fresh = false;
            }
        }
    }

    private PartFile file(String path) throws IOException {
        OpenFile known = open.get(path);
        if (known != null) {
            return known.file();
        }
        if (open.size() >= MAX_OPEN) {
            finish(open.keySet().iterator().next());
        }
        Path first = folder.resolve(FilePattern.numbered(path, 1)).normalize();
        if (!new FileLocation(folder, first).isInside()) {
            throw new IOException("it is outside the folder for files");
        }
        PartFile file = kind.open(folder.resolve(FilePattern.numbered(path, nextNumber(path))).normalize());
        open.put(path, new OpenFile(file, clock.instant()));
        return file;
    }

    private int nextNumber(String path) throws IOException {
        int last = 0;
        Pattern numbered = times.pattern().matcher();
        String parent = path.contains("/") ? path.substring(0, path.lastIndexOf('/') + 1) : "";
        try (Stream<Path> files = Files.list(folder.resolve(parent).normalize())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = parent + file.getFileName();
                Matcher matcher = numbered.matcher(name);
                if (matcher.matches() && FilePattern.numbered(path, Integer.parseInt(matcher.group(1))).equals(name)) {
                    last = Math.max(last, Integer.parseInt(matcher.group(1)));
                }
            }
        }
        return last + 1;
    }

    /** Completes the files that a crash has left. */
    private void recover() throws IOException {
        Path root = folder.resolve(times.pattern().root()).normalize();
        if (recovered || !Files.isDirectory(root)) {
            recovered = true;
            return;
        }
        List<Path> left;
        try (Stream<Path> files = Files.walk(root)) {
            left = files.filter(file -> String.valueOf(file.getFileName()).endsWith(kind.hidden())).toList();
        }
        for (Path file : left) {
            String hidden = String.valueOf(file.getFileName());
            Path path = file.resolveSibling(hidden.substring(1, hidden.length() - kind.hidden().length()));
            if (times.pattern().matcher().matcher(folder.relativize(path).toString()).matches()) {
                LOG.infof("Completing a file that was left behind: path=%s", path);
                kind.open(path).finish();
            }
        }
        recovered = true;
    }

    /** Completes the files whose time is over. */
    synchronized void finishDue() throws IOException {
        Instant now = clock.instant();
        String current = times.timestamp().isPresent() ? "" : times.pattern().at(now);
        for (Map.Entry<String, OpenFile> file : List.copyOf(open.entrySet())) {
            boolean over = times.timestamp().isEmpty() && !file.getKey().equals(current);
            Optional<Duration> every = times.rollEvery();
            if (over || every.isPresent() && !file.getValue().openedAt().plus(every.get()).isAfter(now)) {
                finish(file.getKey());
            }
        }
    }

    private void finish(String path) throws IOException {
        OpenFile file = open.get(path);
        if (file != null) {
            file.file().finish();
            open.remove(path);
        }
    }

    /** Completes files in time although no records arrive. */
    private void startTimer() {
        if (timer == null && times.areLimited()) {
            ScheduledExecutorService started = Threads.scheduled(ThreadKind.FILES);
            long millis = CHECK_INTERVAL.toMillis();
            started.scheduleWithFixedDelay(this::finishQuietly, millis, millis, TimeUnit.MILLISECONDS);
            timer = started;
        }
    }

    private void finishQuietly() {
        try {
            finishDue();
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warnf("File of a sink could not be completed; it is tried again: path=%s reason=%s", times.pattern(),
                        e.getMessage());
            }
            failing = true;
        }
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdown();
        }
        try {
            for (Iterator<String> paths = List.copyOf(open.keySet()).iterator(); paths.hasNext();) {
                finish(paths.next());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
