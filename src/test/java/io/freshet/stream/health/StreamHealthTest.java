package io.freshet.stream.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.freshet.deadletter.KeptLetters;
import io.freshet.model.Conditions;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.VersionEntry.Cause;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.retry.Backoff;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.source.Source;
import io.freshet.source.chaos.ChaosSettings;
import io.freshet.source.chaos.ChaosSource;
import io.freshet.source.model.ModelSource;
import io.freshet.source.model.MonitoredSource;
import io.freshet.store.BlobStores;
import io.freshet.store.Models;
import io.freshet.stream.Definitions;
import io.freshet.stream.RecordingSink;
import io.freshet.stream.alert.AlertEvent;
import io.freshet.stream.alert.AlertLog;
import io.freshet.stream.assembly.StoredLearningModel;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.SinkTask;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.freshet.stream.engine.VirtualTime;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;

@Timeout(60)
class StreamHealthTest {

    private static final AlertConfig CONFIG = new SmallRyeConfigBuilder().withMapping(AlertConfig.class)
            .withConverter(Duration.class, 100, new DurationConverter()).build().getConfigMapping(AlertConfig.class);

    private final VirtualTime time = new VirtualTime();
    private final Models models = new Models(BlobStores.of(Optional.empty()));
    private final List<AlertEvent> told = new ArrayList<>();
    private final AlertLog log = new AlertLog(100, told::add);

    /** 100 rows, some of which are red, and some of which have no size. */
    private static TableSample rows(int red, int missing) {
        StringBuilder csv = new StringBuilder("colour,size\n");
        for (int i = 0; i < 100; i++) {
            csv.append(i < red ? "red," : "blue,").append(i * 7 % 100 < missing ? "" : String.valueOf(i % 10)).append('\n');
        }
        return table(csv.toString());
    }

    private static TableSample table(String csv) {
        try {
            return TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                    ReadOptions.defaults());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void learn(int red, int missing) {
        models.update("colours", Cause.PARTIAL_FIT,
                before -> OnlineLearning.partialFit(before.model(), rows(red, missing), .5));
    }

    private Stream stream(Source source) {
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml("""
                {name: test, source: {model: colours}, pace: {recordsPerSecond: 100, batchSize: 50, maxRecords: 2000},
                 sinks: [{websocket: {}}]}"""));
        SinkTask.SinkContext sinkContext = new SinkTask.SinkContext(
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10)), new KeptLetters(), StreamMetrics.NONE,
                time,
                Runnable::run);
        SinkTask run = new SinkTask("test", "recording", new RecordingSink(time),
                new QueueSettings(10_000, OverflowStrategy.BLOCK, 0.1, Optional.empty()), sinkContext);
        return new Stream(definition, new Stream.Parts(source, List.of(run), StreamMetrics.NONE, batch -> {
        }, time), 0, StreamState.RUNNING);
    }

    private ModelSource rowsOfTheModel() {
        StoredLearningModel kept = new StoredLearningModel(models, "colours");
        return new ModelSource(kept.newest().orElseThrow(), kept::newest,
                new ModelSource.Settings(1, Conditions.none(), 50, 50));
    }

    private void lookAfter(int seconds, Stream stream) {
        time.after(Duration.ofSeconds(seconds), () -> log.look(List.of(StreamHealth.of(stream, CONFIG)), time.now()));
    }

    private List<String> alerts() {
        return told.stream().map(event -> "%s %s %s %.2f %.1f".formatted(event.event(), event.alert().name(),
                event.alert().sink(), event.alert().value(), event.alert().threshold())).toList();
    }

    @Test
    void aColumnThatMovedRaisesAnAlertUntilTheModelSettles() {
        models.put("colours", ModelFitter.fit(rows(20, 0), SynthesisMethod.GAUSSIAN_COPULA), Duration.ZERO);
        Stream stream = stream(new MonitoredSource(rowsOfTheModel(), 100, time::nanos));
        lookAfter(1, stream);
        time.after(Duration.ofSeconds(2), () -> learn(50, 0));
        lookAfter(4, stream);
        time.after(Duration.ofSeconds(5), () -> learn(100, 0));
        lookAfter(7, stream);
        time.after(Duration.ofSeconds(8), () -> learn(70, 0));
        lookAfter(11, stream);

        stream.run();

        assertThat(alerts()).containsExactly("raised HIGH_DRIFT colour 0.33 0.2", "cleared HIGH_DRIFT colour 0.33 0.2");
    }

    @Test
    void aBrokenRelationRaisesAnAlertThatNamesIt() {
        models.put("colours", ModelFitter.fit(sums(0), SynthesisMethod.TREES), Duration.ZERO);
        Stream stream = stream(rowsOfTheModel());
        time.after(Duration.ofSeconds(2),
                () -> models.update("colours", Cause.PARTIAL_FIT,
                        before -> OnlineLearning.partialFit(before.model(), sums(7), .1)));
        lookAfter(4, stream);

        stream.run();

        assertThat(told).filteredOn(event -> event.alert().name().equals("RELATION_BROKEN")).first().satisfies(event -> {
            assertThat(event.alert().sink()).isEqualTo("sum");
            assertThat(event.alert().reason()).isEqualTo("a + b = sum");
        });
    }

    /** Returns sums that are wrong by a number. */
    private static TableSample sums(int wrong) {
        StringBuilder csv = new StringBuilder("a,b,sum\n");
        for (int i = 0; i < 300; i++) {
            int a = i * 37 % 101;
            int b = i * 53 % 97;
            csv.append(a).append(',').append(b).append(',').append(a + b + wrong).append('\n');
        }
        return table(csv.toString());
    }

    @Test
    void missingValuesRaiseAnAlertAlsoWithChaosUntilTheModelIsFittedAgain() {
        models.put("colours", ModelFitter.fit(rows(20, 0), SynthesisMethod.GAUSSIAN_COPULA), Duration.ZERO);
        Stream stream = stream(new ChaosSource(rowsOfTheModel(), new ChaosSettings(1, 0, 0, 0, 0, 0, 0, false)));
        time.after(Duration.ofSeconds(2), () -> learn(20, 60));
        lookAfter(4, stream);
        time.after(Duration.ofSeconds(5), () -> models.put("colours",
                ModelFitter.fit(rows(20, 0), SynthesisMethod.GAUSSIAN_COPULA), Duration.ZERO));
        lookAfter(8, stream);

        stream.run();

        assertThat(alerts()).containsExactly("raised HIGH_DRIFT size 0.30 0.2", "cleared HIGH_DRIFT size 0.30 0.2");
    }
}
