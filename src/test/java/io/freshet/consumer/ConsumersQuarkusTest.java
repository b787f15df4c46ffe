package io.freshet.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.console.Browser;
import io.freshet.console.Tab;
import io.freshet.stream.Definitions;
import io.freshet.stream.RestartableBroker;
import io.freshet.stream.Streams;
import io.freshet.stream.TopicReader;
import io.freshet.stream.definition.StreamDefinition;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** The examples of consumers, with real records of a stream. */
@QuarkusTest
@TestProfile(ConsumersQuarkusTest.Examples.class)
@WithTestResource(ConsumerResource.class)
class ConsumersQuarkusTest {

    /** Switches the beans of the examples on. */
    public static class Examples implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("consumer.examples", "true");
        }
    }

    private static final int RECORDS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Inject
    Streams streams;

    @Inject
    Purchases purchases;

    @Inject
    CloudEventAudit audit;

    @Inject
    AvroTotals totals;

    RestartableBroker broker;
    ConsumerResource.LivePage page;

    @Test
    void aWebPageShowsLiveRecords() throws IOException {
        Assumptions.assumeTrue(Browser.find().isPresent(), "no Chromium is installed; apt-get install chromium");
        streams.create(StreamDefinition.parse(Definitions.yaml("""
                {name: shop, source: {pattern: {}}, pace: {recordsPerSecond: 20}, sinks: [{websocket: {}}]}""")));
        try (Browser browser = Browser.start(Browser.find().get())) {
            Tab tab = browser.open();
            tab.go(page.address() + "?service=ws://127.0.0.1:" + RestAssured.port);
            tab.await(() -> "records are shown", "document.querySelectorAll('li').length === 20"
                    + " && /^(view|click|purchase) by user-\\d\\d: [0-9.]+$/.test(document.querySelector('li').textContent)");
        } finally {
            streams.delete("shop");
        }
    }

    @Test
    void servicesConsumeRecordsAsObjectsCloudEventsAndAvro() {
        streams.create(StreamDefinition.parse(Definitions
                .yaml("""
                        {name: shop, source: {pattern: {}}, pace: {maxRecords: %d},
                         sinks: [{kafka: {topic: events, cloudEvents: true}}, {name: avro, kafka: {topic: events.avro, format: avro}}]}"""
                        .formatted(RECORDS))));

        await().atMost(PATIENCE).until(() -> audit.ids().size() == RECORDS && totals.records() == RECORDS);
        // one in three is a purchase, and one of these is rejected
        await().atMost(PATIENCE).until(() -> purchases.all().size() == RECORDS / 3 - 1);
        assertThat(purchases.all()).allSatisfy(event -> assertThat(event.id()).startsWith("evt-"));
        double sum = TopicReader.read(broker.bootstrapServers(), "events", RECORDS).stream()
                .mapToDouble(each -> Double.parseDouble(each.value().replaceAll(".*\"value\":([0-9.]+).*", "$1"))).sum();
        assertThat(totals.total()).isCloseTo(sum, within(1e-6));

        List<ConsumerRecord<String, String>> rejected = TopicReader.read(broker.bootstrapServers(), "purchases.rejected", 3);
        assertThat(rejected).allSatisfy(letter -> {
            assertThat(header(letter, "dead-letter-reason")).contains("no such product");
            assertThat(header(letter, "dead-letter-topic")).isEqualTo("events");
        });
        aTopologyAddsUpWhatUsersSpend();
        streams.delete("shop");
    }

    /** The users of the pattern have purchases of the same sum whoever adds them up. */
    private void aTopologyAddsUpWhatUsersSpend() {
        double sum = purchasesIn(TopicReader.read(broker.bootstrapServers(), "events", RECORDS));
        Properties settings = new Properties();
        settings.putAll(Map.of("application.id", "spending", "bootstrap.servers", broker.bootstrapServers(),
                "auto.offset.reset", "earliest", "commit.interval.ms", "100", "replication.factor", "1",
                "state.dir", folder.toString()));
        try (KafkaStreams topology = new KafkaStreams(SpendingTopology.build("events", "spending"), settings)) {
            topology.start();
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
                ReadOnlyKeyValueStore<String, Double> spending = topology.store(
                        StoreQueryParameters.fromNameAndType("spending", QueryableStoreTypes.keyValueStore()));
                double found = 0;
                try (KeyValueIterator<String, Double> all = spending.all()) {
                    while (all.hasNext()) {
                        found += all.next().value;
                    }
                }
                assertThat(found).isCloseTo(sum, within(1e-6));
            });
        }
    }

    private static double purchasesIn(List<ConsumerRecord<String, String>> events) {
        return events.stream().filter(each -> each.value().contains("\"purchase\""))
                .mapToDouble(each -> Double.parseDouble(each.value().replaceAll(".*\"value\":([0-9.]+).*", "$1"))).sum();
    }

    private static String header(ConsumerRecord<String, String> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
