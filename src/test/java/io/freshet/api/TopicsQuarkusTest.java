package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.freshet.kafka.source.StartOffset;
import io.freshet.kafka.source.TopicConsumer;
import io.freshet.source.Seek;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Models from topics, commands, and reading topics, with a real broker. */
@QuarkusTest
@WithTestResource(CommandServer.class)
class TopicsQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @AfterEach
    void forget() {
        given().delete("/api/v1/models/people");
        given().delete("/api/v1/models/customers");
    }

    @Test
    void aModelIsFittedToTheRecordsOfATopicAndMalformedMessagesAreSkipped() {
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            messages.add("{\"age\":%d,\"region\":\"%s\"}".formatted(20 + i % 50, i % 4 == 0 ? "East" : "West"));
        }
        messages.add(17, "{\"age\":");
        messages.add(18, "[1]");
        send("people", messages);

        given().contentType("application/json").body("{\"topic\":\"people\",\"timeout\":40,\"limit\":400}")
                .post("/api/v1/models/people/fit-from-topic").then().statusCode(202).body("topic", equalTo("people"));
        await().atMost(PATIENCE).until(() -> given().get("/api/v1/models/people/fit-from-topic").path("state").equals("done"));

        given().get("/api/v1/models/people/fit-from-topic").then().body("read", equalTo(400)).body("malformed", equalTo(2))
                .body("errors", hasSize(2)).body("errors[0]", containsString("offset 17")).body("modelVersion", equalTo(1));
        given().get("/api/v1/models/people/samples?count=20&format=csv").then().statusCode(200).body(containsString("West"));
    }

    @Test
    void reportsATopicWithoutRecordsAndARequestWithoutATopic() {
        send("empty", List.of());
        for (String unknown : List.of("mistyped", "b fe")) {
            given().contentType("application/json").body("{\"topic\":\"" + unknown + "\",\"timeout\":1}")
                    .post("/api/v1/models/nobody/fit-from-topic").then().statusCode(422).body("field", equalTo("topic"))
                    .body("detail", containsString("topic " + unknown + " "));
        }
        assertThat(topics()).as("asking for a topic does not create it").doesNotContain("mistyped");
        given().contentType("application/json").body("{\"topic\":\"empty\",\"timeout\":1}")
                .post("/api/v1/models/nobody/fit-from-topic").then().statusCode(202);
        await().atMost(PATIENCE)
                .until(() -> given().get("/api/v1/models/nobody/fit-from-topic").path("state").equals("failed"));
        given().get("/api/v1/models/nobody/fit-from-topic").then().body("error", containsString("no records"));

        given().contentType("application/json").body("{}").post("/api/v1/models/a/fit-from-topic").then().statusCode(422)
                .body("field", equalTo("topic"));
        given().contentType("application/json").body("{\"topic\":\"a\",\"from\":\"yesterday\"}")
                .post("/api/v1/models/a/fit-from-topic").then().statusCode(422).body("field", equalTo("from"))
                .body("allowed", hasSize(2));
        given().contentType("application/json").body("{\"topic\":\"a\",\"format\":\"avro\"}")
                .post("/api/v1/models/a/fit-from-topic").then().statusCode(422).body("detail", containsString("registry"));
    }

    @Test
    void commandsGenerateRecordsAndRepliesAndInvalidOnesBecomeDeadLetters() {
        given().contentType("text/csv").body("age,fraud\n" + "30,true\n31,false\n32,false\n33,true\n".repeat(50))
                .put("/api/v1/models/customers").then().statusCode(201);

        send("test.commands", List.of(
                "{\"action\":\"generate\",\"model\":\"customers\",\"n_samples\":100,\"conditions\":{\"fraud\":true},"
                        + "\"topic\":\"frauds\",\"reply_to\":\"replies\",\"id\":\"c-1\"}",
                "{\"action\":\"dance\"}", "no json",
                "{\"action\":\"generate\",\"model\":\"customers\",\"n_samples\":5,\"conditions\":{\"nonsense\":1}}",
                "{\"action\":\"generate\",\"model\":\"customers\",\"n_samples\":5,\"condition\":{\"fraud\":true}}",
                "{\"action\":\"generate\",\"model\":\"nope\",\"n_samples\":1,\"reply_to\":\"replies\",\"id\":\"c-2\"}",
                "{\"action\":\"generate\",\"model\":\"customers\",\"n_samples\":-1,\"reply_to\":\"replies\",\"id\":\"c-3\"}"));

        assertThat(read("frauds", 100)).hasSize(100).allMatch(record -> record.contains("\"fraud\":true"));
        List<String> replies = read("replies", 3);
        assertThat(replies.get(0)).contains("\"complete\"", "\"n_samples\":100", "\"id\":\"c-1\"");
        assertThat(replies.get(1)).contains("\"status\":\"error\"", "refers to an unknown model: nope", "\"id\":\"c-2\"");
        assertThat(replies.get(2)).contains("\"status\":\"error\"", "n_samples must be", "\"id\":\"c-3\"");
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/api/v1/dead-letters?stream=commands").then()
                .body("text", hasItem("{\"action\":\"dance\"}"))
                .body("reason",
                        hasItems(containsString("generate"), containsString("not valid JSON"), containsString("nonsense"),
                                containsString("did you mean conditions?"))));
    }

    @Test
    void aCommandWhoseStreamIsStoppedBecomesADeadLetterAndTheNextOneIsExecuted() {
        given().contentType("text/csv").body("age,fraud\n" + "30,true\n31,false\n32,false\n33,true\n".repeat(50))
                .put("/api/v1/models/customers").then().statusCode(201);

        send("test.commands", List.of(
                "{\"action\":\"generate\",\"model\":\"customers\",\"n_samples\":10000000,\"topic\":\"endless\",\"id\":\"long\"}",
                "{\"action\":\"generate\",\"n_samples\":7,\"topic\":\"few\",\"reply_to\":\"few-replies\"}"));

        String stream = await().atMost(PATIENCE).until(() -> given().get("/api/v1/streams")
                .path("find { it.name.startsWith('command-') }.name"), Objects::nonNull);
        given().delete("/api/v1/streams/" + stream).then().statusCode(204);

        await().atMost(PATIENCE).untilAsserted(() -> given().get("/api/v1/dead-letters?stream=commands").then()
                .body("findAll { it.text.contains('long') }.reason", hasItem(containsString("stopped"))));
        assertThat(read("few-replies", 1).get(0)).contains("\"complete\"", "\"n_samples\":7");
    }

    @Test
    void aConsumerPausesSeeksAndResumesAfterItsCommittedOffsets() {
        send("numbers", List.of("0", "1", "2", "3", "4", "5"));
        TopicConsumer.Settings settings = new TopicConsumer.Settings("numbers", "reader",
                StartOffset.COMMITTED, 3, Duration.ofSeconds(1),
                false);
        Map<String, Object> connection = Map.of("bootstrap.servers", servers(), "max.poll.records", 3);
        try (TopicConsumer consumer = new TopicConsumer(connection, settings)) {
            assertThat(until(consumer, 3)).startsWith("0", "1", "2");
            consumer.commit();
            consumer.pause();
            assertThat(consumer.next()).isEmpty();
            consumer.resume();
            assertThat(until(consumer, 3)).startsWith("3");
        }
        try (TopicConsumer again = new TopicConsumer(connection, settings)) {
            assertThat(until(again, 3)).as("what was not committed comes again").containsExactly("3", "4", "5");
            assertThat(again.lag()).isZero();
            again.seek(new Seek.Beginning());
            assertThat(until(again, 3)).startsWith("0", "1", "2");
        }
    }

    private static List<String> until(TopicConsumer consumer, int min) {
        List<String> values = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (values.size() < min && System.nanoTime() < end) {
            consumer.next().forEach(message -> values.add(new String(message.value(), StandardCharsets.UTF_8)));
        }
        return values;
    }

    private static String servers() {
        return System.getProperty(KafkaServer.ADDRESS);
    }

    private static void send(String topic, List<String> messages) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", servers()),
                new StringSerializer(), new StringSerializer())) {
            // creates the topic even if there is nothing to send
            producer.partitionsFor(topic);
            messages.forEach(message -> producer.send(new ProducerRecord<>(topic, message)));
        }
    }

    private static Set<String> topics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
            return admin.listTopics().names().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static List<String> read(String topic, int min) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers(), "group.id", "test-" + topic, "auto.offset.reset", "earliest",
                        "metadata.max.age.ms", 1000),
                new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> values.add(message.value()));
                return values.size() >= min;
            });
        }
        return values;
    }
}
