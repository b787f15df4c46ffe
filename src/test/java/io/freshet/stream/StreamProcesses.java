package io.freshet.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.freshet.model.ModelFitter;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.sink.KafkaProducers;
import io.freshet.sink.LiveFeed;
import io.freshet.source.RetailChains;
import io.freshet.store.History;
import io.freshet.store.Models;
import io.freshet.store.PinnedModels;
import io.freshet.store.Shelves;
import io.freshet.store.StageStates;
import io.freshet.store.StoreConfig;
import io.freshet.store.StreamStore;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

/** Streams as a process has them that begins, with what another one has kept in a folder. */
@ApplicationScoped
class StreamProcesses {

    record StoreSettings(Optional<Path> folder, boolean mongodb, boolean redis, int recentRecords) implements StoreConfig {
    }

    record Scoring(boolean enabled, int rowsPerSecond) implements LiveScoresConfig {
    }

    @Inject
    Models models;

    @Inject
    LiveFeed feed;

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
    KeptSinks kept;

    @Inject
    FeedSources feeds;

    Streams begin(Path keptFolder, Path files, History history) {
        return begin(models, Shelves.of(Optional.of(keptFolder)), Optional.of(files), history);
    }

    Streams begin(Models fitted, Shelves shelves, Optional<Path> files, History history) {
        return new Streams(parts(fitted, shelves, files), new StreamStore(shelves), new StageStates(shelves), history, meters,
                hooks);
    }

    StreamParts parts(Shelves shelves, Optional<Path> files) {
        return parts(models, shelves, files);
    }

    private StreamParts parts(Models fitted, Shelves shelves, Optional<Path> files) {
        return new StreamParts(
                new StreamSources(fitted, new PinnedModels(shelves), new Scoring(true, 2_000), chains, topics, feeds,
                        new StreamTaps()),
                new StreamSinks(kafka, kept, feed, new KeptLetters(), new SinkSettings(files)), new StageTools(Map::of),
                new KeptLetters());
    }

    static History history() {
        return new History(new StoreSettings(Optional.empty(), false, false, 100));
    }

    /** A model of two columns. */
    static SynthesisModel fitted(String colour) throws IOException {
        String csv = "colour,size\n" + (colour + ",1\ngrey,2\n").repeat(50);
        return ModelFitter.fit(TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                ReadOptions.defaults()), SynthesisMethod.GAUSSIAN_COPULA);
    }
}
