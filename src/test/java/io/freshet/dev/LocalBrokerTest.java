package io.freshet.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {

    private static final TopicPartition WORDS = new TopicPartition("words", 0);

    @TempDir
    Path folder;

    @Test
    void keepsItsRecordsWhenItIsStartedAgainAtTheSamePortAndFolder() throws Exception {
        int port;
        try (LocalBroker broker = LocalBroker.start(0, folder)) {
            port = broker.port();
            write(broker, "before");
        }

        try (LocalBroker broker = LocalBroker.start(port, folder)) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            write(broker, "after");
            assertThat(read(broker)).containsExactly("before", "after");
        }
    }

    @Test
    void theDiskThatTopicsOfDevelopmentTakeIsBounded() throws Exception {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (LocalBroker local = LocalBroker.start(0, folder, DevServers.BOUNDED);
                Admin admin = Admin.create(Map.of("bootstrap.servers", local.bootstrapServers()))) {
            Config config = admin.describeConfigs(List.of(broker)).all().get().get(broker);
            assertThat(config.get("log.retention.bytes").value()).isEqualTo("268435456");
            assertThat(config.get("log.segment.bytes").value()).isEqualTo("33554432");
            // records may carry the time of a past day
            assertThat(config.get("log.retention.ms").value()).isEqualTo("-1");
        }
    }

    @Test
    void saysThatItsPortIsTaken() {
        try (LocalMongo other = LocalMongo.start(0)) {
            assertThatThrownBy(() -> LocalBroker.start(other.port(), folder)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("port " + other.port());
        }
    }

    private static void write(LocalBroker broker, String word) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("words", word)).get();
        }
    }

    private static List<String> read(LocalBroker broker) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(WORDS));
            consumer.seekToBeginning(List.of(WORDS));
            long end = consumer.endOffsets(List.of(WORDS)).get(WORDS);
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(30));
            assertThat(end).isEqualTo(2);
            return records.records(WORDS).stream().map(ConsumerRecord::value).toList();
        }
    }
}
