package io.freshet.stream.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.kafka.sink.CloudEvents;
import io.freshet.kafka.sink.KafkaTarget;
import io.freshet.retail.ParameterFile;
import io.freshet.sink.GuardSettings;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.stream.Definitions;
import io.freshet.stream.SinkSettings;
import io.freshet.stream.load.Bursts;
import io.freshet.stream.load.Phase;

class StreamDefinitionTest {

    @Test
    void readsTheDefinitionOfTheSpecification() {
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml("""
                name: synthetic-customers
                source: { model: customers, seed: 42, conditions: { age: { gte: 21 }, region: West } }
                pace:   { recordsPerSecond: 1000, batchSize: 500, maxRecords: 1000000 }
                stages: []
                sinks:
                  - kafka: { topic: synthetic-data, key: customer_id, format: json }
                  - websocket: {}
                """));

        assertThat(definition.name()).isEqualTo("synthetic-customers");
        assertThat(definition.source()).isInstanceOfSatisfying(SourceDefinition.OfModel.class, source -> {
            assertThat(source.model()).isEqualTo("customers");
            assertThat(source.seed()).isEqualTo(42);
            assertThat(source.conditions()).asString().contains("age", "region");
        });
        assertThat(definition.pace().meanRecordsPerSecond()).hasValue(1000);
        assertThat(definition.pace().lastPosition()).isEqualTo(1_000_000);
        assertThat(definition.sinks().get(0)).isInstanceOfSatisfying(SinkDefinition.ToKafka.class, kafka -> {
            assertThat(kafka.target().topic()).isEqualTo("synthetic-data");
            assertThat(kafka.target().key()).hasValue("customer_id");
        });
        assertThat(definition.sinks().get(1)).isInstanceOf(SinkDefinition.ToWebSocket.class);
        assertThat(definition.metadata()).isTrue();
    }

    @Test
    void aSinkIsNamedByItsKindWhateverSettingsComeBeforeIt() {
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml("""
                name: a
                source: { pattern: {} }
                sinks:
                  - { deadLetters: false, give_up_after: 5s, kafka: { topic: t } }
                  - { enable_dead_letter_queue: false, file: { path: f.ndjson } }
                """));

        assertThat(definition.sinkNames()).containsExactly("kafka", "file");
    }

    @Test
    void parsesDeliverySettingsThatOverrideTheConfiguration() {
        DeliveryDefinition delivery = StreamDefinition.parse(Definitions.yaml("""
                name: a
                source: { pattern: {} }
                sinks:
                  - kafka: { topic: a }
                    queue: { records: 500, overflow: sample, sampleRate: 0.25 }
                    guard: { timeout: 5s, retries: 1, breakerFailures: 2 }
                    giveUpAfter: 1m
                """)).sinks().get(0).delivery();
        SinkSettings config = new SinkSettings(Optional.empty());

        assertThat(delivery.queue(config))
                .isEqualTo(new QueueSettings(500, OverflowStrategy.SAMPLE, 0.25, Optional.of(Duration.ofMinutes(1))));
        assertThat(delivery.guard(config, "kafka")).isEqualTo(
                new GuardSettings(Duration.ofSeconds(5), 1, Duration.ofMillis(200), 2, Duration.ofSeconds(5)));
    }

    @Test
    void hasTheDefaultsOfTheSpecification() {
        PaceDefinition pace = StreamDefinition
                .parse(Definitions.yaml("{name: a, source: {pattern: {}}, sinks: [websocket: {}]}"))
                .pace();

        assertThat(pace.batchSize()).isEqualTo(1000);
        assertThat(pace.delayBetweenBatches()).isZero();
        assertThat(pace.lastPosition()).isEqualTo(Long.MAX_VALUE);
        assertThat(pace.phases()).containsExactly(Phase.unlimited(Optional.empty()));
    }

    @Test
    void aRetailChainHasDefaultsOfItsOwn() {
        StreamDefinition definition = StreamDefinition
                .parse(Definitions.yaml("{name: a, source: {retail: {}}, sinks: [websocket: {}]}"));
        RetailDefinition retail = (RetailDefinition) definition.source();

        assertThat(definition.pace().batchSize()).isEqualTo(256);
        assertThat(definition.metadata()).isFalse();
        assertThat(definition.monitoringInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(retail.speed()).isEqualTo(1);
        assertThat(retail.weights()).isEmpty();
        // on the two days before, stores are closed
        assertThat(definition.startingAt(Instant.parse("2026-12-27T09:00:00Z"), ParameterFile.defaults()::isOpen).json()
                .at("/source/retail/start").asText()).isEqualTo("2026-12-24T00:00:00Z");
        StreamDefinition bursts = StreamDefinition
                .parse(Definitions.yaml("{name: a, source: {retail: {burst: {}}}, sinks: [websocket: {}]}"));
        assertThat(bursts.pace().phases()).containsExactly(
                Phase.unlimited(Optional.of(new Bursts(Duration.ofMillis(500), 100))));
        assertThat(((RetailDefinition) bursts.source()).speed()).isInfinite();
    }

    @Test
    void parsesSettingsTimestampsAndCloudEventsOfAKafkaSink() {
        KafkaTarget target = kafka(
                """
                        {name: a, source: {pattern: {}}, sinks: [kafka: {topic: t, timestamp: at, settings: {linger_ms: 20, compression_type: lz4},
                         cloudEvents: {typeField: kind, time: at}}]}""")
                .target();

        assertThat(target.settings()).containsOnly(Map.entry("linger.ms", "20"), Map.entry("compression.type", "lz4"));
        assertThat(target.timestamp()).hasValue("at");
        assertThat(target.cloudEvents()).hasValue(new CloudEvents("io.freshet.record", Optional.of("kind"), Optional.of("at")));
        assertThat(kafka("{name: a, source: {pattern: {}}, sinks: [kafka: {topic: t, cloudEvents: {type: x}}]}").target()
                .cloudEvents()).hasValue(new CloudEvents("x", Optional.empty(), Optional.empty()));
        assertThat(kafka("{name: a, source: {pattern: {}}, sinks: [kafka: {topic: t, cloudEvents: true}]}").target()
                .cloudEvents()).hasValue(CloudEvents.DEFAULT);
    }

    @Test
    void aKafkaSinkMayOnlyNameTheAddressesOfTheService() {
        KafkaAddresses same = kafka("""
                {name: a, source: {pattern: {}}, sinks: [kafka: {topic: t, bootstrap_servers: 'b:9092',
                 schema_registry_url: 'http://r:8081/'}]}""").addresses();

        assertThatCode(() -> same.check("a:9092, b:9092", Optional.of("http://r:8081"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> same.check("c:9092", Optional.of("http://r:8081"))).isInstanceOf(DefinitionException.class)
                .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
        assertThatThrownBy(() -> same.check("b:9092", Optional.empty())).isInstanceOf(DefinitionException.class)
                .hasMessageContaining("freshet.schema-registry.url");
    }

    private static SinkDefinition.ToKafka kafka(String yaml) {
        return (SinkDefinition.ToKafka) StreamDefinition.parse(Definitions.yaml(yaml)).sinks().get(0);
    }

    @ParameterizedTest
    @CsvSource({ "500ms,500", "10s,10000", "5m,300000", "3d,259200000", "PT1H,3600000", "1.5s,1500", "2,2000", "0.25,250" })
    void readsDurations(String text, long millis) {
        PaceDefinition pace = StreamDefinition
                .parse(Definitions
                        .yaml("{name: a, source: {pattern: {}}, pace: {duration: " + text + "}, sinks: [websocket: {}]}"))
                .pace();

        assertThat(pace.duration()).hasValue(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: a, source: {pattern: {}}}                                                    | sinks                  | missing
            {name: a, sinks: [websocket: {}]}                                                   | source                 | missing
            {source: {pattern: {}}, sinks: [websocket: {}]}                                     | name                   | missing
            {name: '../a', source: {pattern: {}}, sinks: [websocket: {}]}                       | name                   | must match
            {name: 7, source: {pattern: {}}, sinks: [websocket: {}]}                            | name                   | text
            {name: a, source: {pattern: {}}, sinks: [], x: 1}                                   | x                      | sinks
            {name: a, source: {pattern: {}}, sinks: []}                                         | sinks                  | at least one
            {name: a, source: {pattern: {}}, sinks: {}}                                         | sinks                  | list
            {name: a, source: {pattern: {}}, sinks: [websocket: {}, kafka: {topic: 'a b'}]}     | sinks[1].kafka.topic   | letters
            {name: a, source: {pattern: {}}, sinks: [kafak: {topic: a}]}                       | sinks[0].kafak         | is not a kind of sink; expected one of kafka, websocket, file, redis, mongodb, table, channel
            {name: a, source: {pattern: {}}, sinks: [{kafka: {topic: a}, websocket: {}}]}      | sinks[0]               | has more than one kind of sink: kafka, websocket
            {name: a, source: {pattern: {}}, sinks: [{kafka: {topic: a}, gard: {}}]}           | sinks[0].gard          | is an unknown field; expected one of deadLetters, enable_dead_letter_queue, giveUpAfter, guard, kafka, name, queue
            {name: a, source: {pattern: {}}, sinks: [{name: b}]}                               | sinks[0]               | must have exactly one kind of sink
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, format: xml}]}           | sinks[0].kafka.format  | json, avro, protobuf
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, tombstones: 0.1}]}       | sinks[0].kafka.tombstones | key
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, tombstones: 2, key: id}]} | sinks[0].kafka.tombstones | to 1
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, keyFormat: avro, key: id}]} | sinks[0].kafka.keyFormat | format
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, settings: {ack: 1}}]}    | sinks[0].kafka.settings.ack | acks, batch.size
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, settings: {acks: 7}}]}   | sinks[0].kafka.settings.acks | not a valid value
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, settings: {linger.ms: soon}}]} | sinks[0].kafka.settings.linger.ms | not a valid value
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, settings: {sasl.jaas.config: x}}]} | sinks[0].kafka.settings.sasl.jaas.config | cannot be set
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, exactlyOnce: true, settings: {acks: 1}}]} | sinks[0].kafka.settings.acks | exactlyOnce
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, cloudEvents: yes please}]} | sinks[0].kafka.cloudEvents | typeField
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, cloudEvents: {kind: x}}]} | sinks[0].kafka.cloudEvents.kind | typeField
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, settings: {linger_ms: 1, linger.ms: 2}}]} | sinks[0].kafka.settings.linger.ms | twice
            {name: a, source: {pattern: {}}, sinks: [kafka: {topic: a, keys: b}]}               | sinks[0].kafka.keys    | key
            {name: a, source: {pattern: {}}, sinks: [carrier-pigeon: {}]}                       | sinks[0].carrier-pigeon | websocket
            {name: a, source: {pattern: {}}, sinks: [websocket: {}, websocket: {}]}             | sinks[1]               | second websocket sink
            {name: a, source: {pattern: {}}, sinks: [file: {path: a, format: xls}]}             | sinks[0].file.format   | ndjson, csv
            {name: a, source: {pattern: {}}, sinks: [{websocket: {}, queue: {overflow: spill}}]} | sinks[0].queue.overflow | block, drop_oldest
            {name: a, source: {pattern: {}}, sinks: [{websocket: {}, queue: {sampleRate: 2}}]}  | sinks[0].queue.sampleRate | to 1
            {name: a, source: {pattern: {}}, sinks: [{file: {path: a}, guard: {timeout: 0}}]}   | sinks[0].guard.timeout | millisecond
            {name: a, source: {pattern: {}}, sinks: [{websocket: {}, guard: {timeout: 1s}}]}    | sinks[0].guard         | not for websocket
            {name: a, source: {kafka: {}}, sinks: [websocket: {}]}                              | source.kafka.topic     | EntityPath
            {name: a, source: {}, sinks: [websocket: {}]}                                       | source.model           | missing
            {name: a, source: {model: b, seed: x}, sinks: [websocket: {}]}                      | source.seed            | whole number
            {name: a, source: {model: b, conditions: {c: {like: 1}}}, sinks: [websocket: {}]}   | source.conditions.c    | between
            {name: a, source: {model: b, conditions: 5}, sinks: [websocket: {}]}                | source.conditions      | object
            {name: a, source: {pattern: {}}, pace: {recordsPerSecond: -5}, sinks: [websocket: {}]} | pace.recordsPerSecond | number from
            {name: a, source: {pattern: {}}, pace: {batchSize: 0}, sinks: [websocket: {}]}      | pace.batchSize         | 1 to 100000
            {name: a, source: {pattern: {}}, pace: {batchSize: 1.5}, sinks: [websocket: {}]}    | pace.batchSize         | whole number
            {name: a, source: {pattern: {}}, pace: {maxRecords: -1}, sinks: [websocket: {}]}    | pace.maxRecords        | whole number
            {name: a, source: {pattern: {}}, pace: {maxRecords: 99999999999999999999}, sinks: [websocket: {}]} | pace.maxRecords | whole number
            {name: a, source: {pattern: {}}, pace: {duration: soon}, sinks: [websocket: {}]}    | pace.duration          | 500ms
            {name: a, source: {pattern: {}}, pace: {duration: -5s}, sinks: [websocket: {}]}     | pace.duration          | duration
            {name: a, source: {pattern: {}}, pace: {duration: PT99999999H}, sinks: [websocket: {}]} | pace.duration      | ten years
            {name: a, source: {pattern: {}}, pace: {burst: {records: 5}}, sinks: [websocket: {}]} | pace.burst.every     | missing
            {name: a, source: {pattern: {}}, pace: {burst: {every: 0, records: 5}}, sinks: [websocket: {}]} | pace.burst.every | greater than zero
            {name: a, source: {pattern: {}}, pace: {recordsPerSecond: 5, burst: {every: 1s, records: 5}}, sinks: [websocket: {}]} | pace | choose one
            {name: a, source: {pattern: {}}, monitoring_interval: 10ms, sinks: [websocket: {}]} | monitoring_interval   | at least
            {name: a, source: {retail: {shard: 2, shards: 2}}, sinks: [websocket: {}]}          | source.retail.shard    | 0 to 1
            {name: a, source: {retail: {speed: 0}}, sinks: [websocket: {}]}                     | source.retail.speed    | max
            {name: a, source: {retail: {start: now-soon}}, sinks: [websocket: {}]}              | source.retail.start    | duration
            {name: a, source: {retail: {weights: {ad_impression: 0}}}, sinks: [websocket: {}]}  | source.retail.weights  | above 0
            {name: a, source: {retail: {burst: {burst: 5}}}, pace: {recordsPerSecond: 5}, sinks: [websocket: {}]} | pace | choose one
            {name: a, source: {pattern: {}}, chaos: {drop: 2}, sinks: [websocket: {}]}          | chaos.drop             | 0.9
            {name: a, source: {pattern: {}}, chaos: {lost: 0.1}, sinks: [websocket: {}]}        | chaos.lost             | schema_drift
            {name: a, source: {pattern: {}}, metadata: yep, sinks: [websocket: {}]}             | metadata               | true or false
            {name: a, source: {pattern: {}}, stages: {filter: {}}, sinks: [websocket: {}]}      | stages                 | must be a list of stages
            {name: a~0, source: {pattern: {}}, sinks: [websocket: {}]}                          | name                   | must match
            {name: a, shards: 0, source: {pattern: {}}, sinks: [websocket: {}]}                 | shards                 | 1 to 256
            {name: a, shards: 2, source: {kafka: {topic: t}}, sinks: [websocket: {}]}           | shards                 | source kafka
            {name: a, shards: 2, source: {pattern: {}}, chaos: {drop: 0.1}, sinks: [websocket: {}]} | chaos              | shards
            {name: a, shards: 2, source: {pattern: {}}, sinks: [redis: {}]}                     | sinks[0]               | same place
            {name: a, shards: 2, source: {retail: {shards: 2}}, sinks: [websocket: {}]}         | source.retail.shards   | shards of the stream
            {name: a, shards: 2, source: {retail: {}}, pace: {maxRecords: 5}, sinks: [websocket: {}]} | pace             | source.retail.end
            """)
    void rejectsMistakesWithTheFieldAndAllowedValues(String yaml, String path, String said) {
        DefinitionException e = catchThrowableOfType(DefinitionException.class,
                () -> StreamDefinition.parse(Definitions.yaml(yaml)));

        assertThat(e.path()).isEqualTo(path);
        assertThat(e).hasMessageStartingWith(path).hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(strings = { "5", "text", "[]", "null" })
    void rejectsDefinitionsThatAreNotObjects(String yaml) {
        DefinitionException e = catchThrowableOfType(DefinitionException.class,
                () -> StreamDefinition.parse(Definitions.yaml(yaml)));

        assertThat(e).hasMessageContaining("object");
    }
}
