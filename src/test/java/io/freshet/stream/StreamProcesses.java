package io.freshet.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.freshet.deadletter.KeptLetters;
import io.freshet.kafka.channel.RecordsChannel;
import io.freshet.kafka.sink.KafkaProducers;
import io.freshet.memory.MemoryBudget;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.sink.live.LiveChannel;
import io.freshet.source.retail.RetailChains;
import io.freshet.store.BlobStores;
import io.freshet.store.History;
import io.freshet.store.Models;
import io.freshet.store.PinnedModels;
import io.freshet.store.StageStates;
import io.freshet.store.StoreConfig;
import io.freshet.store.StreamStore;
import io.freshet.stream.assembly.Channels;
import io.freshet.stream.assembly.DatabaseSinks;
import io.freshet.stream.assembly.LiveScoresConfig;
import io.freshet.stream.assembly.StreamParts;
import io.freshet.stream.assembly.StreamSinks;
import io.freshet.stream.assembly.StreamSources;
import io.freshet.stream.assembly.StreamTaps;
import io.freshet.stream.assembly.TopicSources;
import io.freshet.stream.assembly.WebSocketSources;
import io.freshet.stream.definition.StageContext;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

/** The streams of a new process, restored from what another one has saved in a folder. */
@ApplicationScoped
public class StreamProcesses {

    /** How long streams may drain at the end of a process. */
    public static final Duration DRAIN = Duration.ofSeconds(10);

    record StoreSettings(Optional<Path> folder, boolean mongodb, boolean redis, int recentRecords) implements StoreConfig {
    }

    record Scoring(boolean enabled, int rowsPerSecond) implements LiveScoresConfig {
    }

    @Inject
    Models models;

    @Inject
    LiveChannel live;

    @Inject
    RecordsChannel records;

    @Inject
    KafkaProducers kafka;

    @Inject
    StreamMeters meters;

    @Inject
    StreamHooks hooks;

    @Inject
    RetailChains chains;

    @Inject
    TopicSources topics;

    @Inject
    DatabaseSinks kept;

    @Inject
    WebSocketSources feeds;

    @Inject
    Channels channels;

    Streams begin(Path keptFolder, Path files, History history) {
        return begin(models, BlobStores.of(Optional.of(keptFolder)), Optional.of(files), history);
    }

    public Streams begin(Models fitted, BlobStores blobStores, Optional<Path> files, History history) {
        return new Streams(parts(fitted, blobStores, files), new StreamStore(blobStores), new StageStates(blobStores), history,
                meters,
                hooks, MemoryBudget.unlimited());
    }

    StreamParts parts(BlobStores blobStores, Optional<Path> files) {
        return parts(models, blobStores, files);
    }

    private StreamParts parts(Models fitted, BlobStores blobStores, Optional<Path> files) {
        return new StreamParts(
                new StreamSources(fitted, new PinnedModels(blobStores), new Scoring(true, 2_000), chains, topics, feeds,
                        new StreamTaps(MemoryBudget.unlimited()), channels, MemoryBudget.unlimited()),
                new StreamSinks(kafka, records, kept, live, new KeptLetters(), channels, new SinkSettings(files),
                        MemoryBudget.unlimited()),
                new StageContext(Map::of),
                new KeptLetters());
    }

    public static History history() {
        return new History(new StoreSettings(Optional.empty(), false, false, 100));
    }

    /** Fits a model with two columns. */
    static SynthesisModel fitted(String colour) throws IOException {
        String csv = "colour,size\n" + (colour + ",1\ngrey,2\ngrey,1\n").repeat(50);
        return ModelFitter.fit(TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                ReadOptions.defaults()), SynthesisMethod.GAUSSIAN_COPULA);
    }
}
