package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.freshet.model.SynthesisMethod;
import io.freshet.model.fit.ModelFitter;
import io.freshet.store.BlobStores;
import io.freshet.store.History;
import io.freshet.store.Models;
import io.freshet.stream.DatabasesResource.Databases;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(value = DatabasesResource.class, initArgs = @ResourceArg(name = "freshet.store.mongodb", value = "true"))
class KeptStreamsQuarkusTest {

    Databases databases;

    @Inject
    BlobStores shelves;

    @Inject
    StreamProcesses processes;

    @Inject
    History history;

    private Models models;

    @Test
    void modelsAndStreamsAreRestoredFromMongo() throws IOException {
        Streams before = fresh();
        models.put("m", ModelFitter.fit(TableReader.read(
                new ByteArrayInputStream(("colour\n" + "red\nblue\n".repeat(50)).getBytes(StandardCharsets.UTF_8)),
                TableFormat.CSV,
                ReadOptions.defaults()), SynthesisMethod.GAUSSIAN_COPULA), Duration.ZERO);
        Stream running = before.create(StreamDefinition.parse(Definitions.yaml("""
                {name: lasting, source: {model: m}, pace: {recordsPerSecond: 1000, maxRecords: 6000, batchSize: 100},
                 sinks: [mongodb: {collection: lasting}]}""")));
        await().until(() -> running.position() > 200);
        before.shutDown(StreamProcesses.DRAIN);
        assertThat(running.position()).isLessThan(6000);

        Streams after = fresh();
        assertThat(models.find("m")).isPresent();
        after.restore();

        Stream again = after.find("lasting").orElseThrow();
        await().atMost(Duration.ofSeconds(20)).until(() -> again.state() == StreamState.COMPLETED);
        assertThat(databases.count("lasting")).as("each once").isEqualTo(6000);
        after.delete("lasting");
        assertThat(databases.count("freshet_streams")).isZero();
        assertThat(databases.count("freshet_runs")).isZero();
        models.delete("m");
        assertThat(databases.count("freshet_models")).isZero();
        after.shutDown(StreamProcesses.DRAIN);
    }

    /** Restores the streams as a new process does, from what the previous one has saved. */
    private Streams fresh() {
        models = new Models(shelves);
        return processes.begin(models, shelves, Optional.empty(), history);
    }
}
