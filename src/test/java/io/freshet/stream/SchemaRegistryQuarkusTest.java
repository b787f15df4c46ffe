package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Avro and Protocol Buffers through a real registry and a real broker. */
@QuarkusTest
@WithTestResource(RegistryResource.class)
class SchemaRegistryQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Streams streams;

    RestartableBroker broker;
    LocalRegistry registry;

    @Test
    void avroMessagesCanBeDecodedWithTheSchemaOfTheirId() throws Exception {
        run("avro", "{topic: avro, key: user_id, format: avro, keyFormat: avro}", 500);

        List<ConsumerRecord<byte[], byte[]>> messages = read("avro", 500);
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            GenericRecord record = (GenericRecord) avro(message.value());
            assertThat(avro(message.key())).hasToString(record.get("user_id").toString());
            assertThat(record.get("sequence")).isInstanceOf(Long.class);
            assertThat(record.get("_batch_id")).hasToString("batch-000001");
        }
        assertThat(get("/subjects")).contains("avro-key", "avro-value");
    }

    @Test
    void aModelIsFittedToTheAvroMessagesOfATopic() {
        run("avro-fit", "{topic: avro-fit, format: avro}", 400);

        String fit = "/api/v1/models/of-avro/fit-from-topic";
        given().contentType("application/json")
                .body("{\"topic\":\"avro-fit\",\"timeout\":40,\"limit\":400,\"format\":\"avro\"}")
                .post(fit).then().statusCode(202);
        await().atMost(PATIENCE).until(() -> given().get(fit).path("state").equals("done"));
        given().get(fit).then().body("read", equalTo(400)).body("malformed", equalTo(0));
        given().get("/api/v1/models/of-avro/samples?count=20&format=csv").then().statusCode(200)
                .body(startsWith("id,")).body(containsString("user-"));
        given().delete("/api/v1/models/of-avro");
    }

    @Test
    void aModelOfASubjectSendsRecordsInTheSchemaOfTheSubject() throws Exception {
        String schema = """
                {"type":"record","name":"Sale","fields":[{"name":"day","type":{"type":"int","logicalType":"date"}},
                 {"name":"shop","type":{"type":"string","arg.properties":{"options":["North","South"]}}},
                 {"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[
                  {"name":"quantity","type":"int"}]}}}]}""";
        send(HttpClient.newHttpClient(), "POST", "/subjects/sales-value/versions",
                new ObjectMapper().createObjectNode().put("schema", schema).toString());
        String declare = "/api/v1/models/sales/declare-from-subject";
        given().contentType("application/json").body("{\"subject\":\"sales-value\"}").post(declare).then().statusCode(201)
                .body("method", equalTo("declared"));
        given().contentType("application/json").body("{\"subject\":\"nobodys-value\"}").post(declare).then().statusCode(422)
                .body("field", equalTo("subject"));

        Stream stream = streams.create(StreamDefinition.parse(Definitions.yaml("""
                {name: sales, source: {model: sales, seed: 1, conditions: {shop: South}}, pace: {maxRecords: 50},
                 sinks: [{kafka: {topic: sales, format: avro}}]}""")));
        await().atMost(PATIENCE).until(() -> stream.state() == StreamState.COMPLETED);

        for (ConsumerRecord<byte[], byte[]> message : read("sales", 50)) {
            GenericRecord sale = (GenericRecord) avro(message.value());
            assertThat(sale.getSchema().getFullName()).isEqualTo("Sale");
            assertThat(sale.get("shop")).hasToString("South");
            assertThat((List<?>) sale.get("lines")).hasSizeBetween(0, 3);
        }
        assertThat(get("/subjects/sales-value/versions")).isEqualTo("[1]");
        streams.delete("sales");
        given().delete("/api/v1/models/sales").then().statusCode(204);
    }

    @Test
    void modelsAreDeclaredBySchemasOfAllFormats() {
        Map.of("application/yaml", "columns: { id: { sequence: {} } }", "application/schema+json",
                "{\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1}}}", "application/x-protobuf",
                "message A { required int32 id = 1; }", "avro/json",
                "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}]}")
                .forEach((type, body) -> {
                    given().contentType(type).body(body.getBytes(UTF_8)).put("/api/v1/models/of-schema").then().statusCode(201);
                    given().get("/api/v1/models/of-schema/samples?count=1").then().statusCode(200).body(startsWith("{\"id\":"));
                    given().contentType("text/csv").body("id\n1\n").post("/api/v1/models/of-schema/partial-fit").then()
                            .statusCode(422).body("detail", containsString("was declared"));
                    given().delete("/api/v1/models/of-schema").then().statusCode(204);
                });
        given().contentType("application/yaml").body("columns: { a: { normal: {} } }".getBytes(UTF_8))
                .put("/api/v1/models/of-schema").then().statusCode(422).body("detail", containsString("a.normal needs mean"));
    }

    @Test
    void protobufMessagesBeginWithTheIdOfTheirSchema() throws Exception {
        run("proto", "{topic: proto, format: protobuf}", 50);

        for (ConsumerRecord<byte[], byte[]> message : read("proto", 50)) {
            ByteBuffer value = ByteBuffer.wrap(message.value());
            assertThat(value.get()).isZero();
            assertThat(get("/schemas/ids/" + value.getInt())).contains("message proto").contains("int64 sequence = 3");
            assertThat(value.get()).as("the first message of its schema").isZero();
            assertThat(value.get()).as("field 1, a text").isEqualTo((byte) 0x0A);
        }
    }

    @Test
    void tombstonesDeleteTheDeclaredShareOfKeysAndCloudEventsHaveTheirHeaders() {
        Stream stream = run("dead", "{topic: dead, key: user_id, tombstones: 0.3, cloudEvents: true}", 3000);

        assertThat(stream.statistics().sinks().get(0).delivered()).isEqualTo(3000);
        Map<String, Boolean> alive = new java.util.HashMap<>();
        List<ConsumerRecord<byte[], byte[]>> messages = read("dead", 3001);
        messages.forEach(message -> alive.put(new String(message.key(), java.nio.charset.StandardCharsets.UTF_8),
                message.value() != null));
        assertThat(alive).hasSize(100);
        assertThat(alive.values().stream().filter(each -> !each).count()).isBetween(15L, 45L);
        assertThat(messages.stream().filter(each -> each.value() != null)).hasSize(3000);
        assertThat(header(messages.get(0), "ce_specversion")).isEqualTo("1.0");
        assertThat(header(messages.get(0), "ce_source")).isEqualTo("/freshet/streams/dead");
        assertThat(header(messages.get(0), "ce_id")).endsWith("/0");
        assertThat(header(messages.get(0), "content-type")).isEqualTo("application/json");
        assertThat(header(messages.get(0), "freshet-id")).startsWith("dead/").endsWith("/0");
    }

    @Test
    void anIncompatibleSchemaResultsInDeadLettersAndAnOutageOfTheRegistryOnlyInADelay() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        String other = "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"held\\\",\\\"fields\\\":[{\\\"name\\\":\\\"x\\\",\\\"type\\\":\\\"long\\\"}]}\"}";
        send(client, "PUT", "/config", "{\"compatibility\":\"FULL\"}");
        send(client, "POST", "/subjects/taken-value/versions", other);
        Stream refused = run("taken", "{topic: taken, format: avro}", 20);
        assertThat(refused.statistics().sinks().get(0).deadLettered()).isEqualTo(20);
        // without a schema id, consumers could not decode them
        given().post("/api/v1/dead-letters/replay?stream=taken").then().statusCode(200).body("count", equalTo(0));
        given().get("/api/v1/dead-letters?stream=taken").then().body("size()", equalTo(20));

        registry.stop();
        Stream held = streams.create(definition("held", "{topic: held, format: avro}", 30));
        await().atMost(PATIENCE).until(() -> held.state() == StreamState.FAILING);
        assertThat(held.statistics().sinks().get(0).lastError()).contains("registry");
        registry.startAgain();
        await().atMost(PATIENCE).until(() -> held.state() == StreamState.COMPLETED);
        assertThat(held.statistics().sinks().get(0).delivered()).isEqualTo(30);
    }

    @Test
    void aReplayedMessageEqualsTheRejectedOne() throws Exception {
        // a compacted topic rejects messages without a key
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("narrow", 1, (short) 1).configs(Map.of("cleanup.policy", "compact")))).all()
                    .get();
            Stream stream = streams.create(StreamDefinition.parse(Definitions.yaml("""
                    {name: narrow, source: {pattern: {seed: 7}}, pace: {recordsPerSecond: 20},
                     sinks: [{name: framed, kafka: {topic: narrow, format: avro}}]}""")));
            await().atMost(PATIENCE).until(() -> stream.statistics().sinks().get(0).deadLettered() > 5);
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, "narrow"),
                    List.of(new AlterConfigOp(new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET)))).all()
                    .get();
            await().atMost(PATIENCE).until(() -> stream.statistics().sinks().get(0).delivered() > 0);
            int letters = (int) stream.statistics().sinks().get(0).deadLettered();
            given().post("/api/v1/dead-letters/replay?stream=narrow").then().statusCode(200).body("count", equalTo(letters));
            given().delete("/api/v1/streams/narrow").then().statusCode(204);
        }
        List<ConsumerRecord<byte[], byte[]>> messages = read("narrow", 10);
        Set<Long> sequences = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            sequences.add((Long) ((GenericRecord) avro(message.value())).get("sequence"));
        }
        assertThat(sequences).contains(0L, 1L, 2L, 3L, 4L, 5L).hasSameSizeAs(messages);
    }

    @Test
    void theOutputOfStagesHasDerivedColumns() throws Exception {
        Stream stream = staged("made", """
                [{filter: {field: event_type, op: equals, value: purchase}},
                 {transform: {rename: {value: price}, remove: timestamp, cast: {sequence: text},
                              set: {twice: {expression: 'price * 2.0'}, kind: fixed, copy: {field: id}}}}]""",
                "{topic: made, format: avro}");

        List<ConsumerRecord<byte[], byte[]>> messages = read("made", 1);
        assertThat(messages).hasSize((int) stream.statistics().sinks().get(0).delivered()).isNotEmpty();
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            GenericRecord record = (GenericRecord) avro(message.value());
            assertThat(record.getSchema().getFields()).extracting(Schema.Field::name).contains("price", "twice", "kind", "copy")
                    .doesNotContain("value", "timestamp");
            assertThat(record.get("event_type")).hasToString("purchase");
            assertThat(record.get("kind")).hasToString("fixed");
            assertThat(record.get("copy")).hasToString(record.get("id").toString());
            assertThat(record.get("sequence").toString()).containsOnlyDigits();
            assertThat(((Double) record.get("twice")) / 2).isEqualTo(number(record.get("price")));
        }
    }

    private static double number(Object value) {
        return value instanceof Double number ? number
                : new java.math.BigDecimal(new java.math.BigInteger(((ByteBuffer) value).array()), 2).doubleValue();
    }

    @Test
    void messagesHaveTheDeclaredColumnsAndRecordsWithOthersBecomeDeadLetters() throws Exception {
        Stream stream = staged("said", "[{transform: {flatten: true}}]",
                """
                        {topic: said, format: avro, fields: [{name: id, type: text, nullable: false}, {name: value, type: decimal, digits: 1},
                         {name: sequence, type: integer}, {name: more, type: boolean}, {name: timestamp, type: datetime}]}""");

        GenericRecord record = (GenericRecord) avro(read("said", 200).get(0).value());
        assertThat(record.getSchema().getFields()).extracting(Schema.Field::name).containsExactly("id", "value", "sequence",
                "more", "timestamp", "_generated_at", "_batch_id");
        assertThat(record.get("timestamp")).isInstanceOf(Long.class);
        assertThat(record.get("more")).isNull();
        assertThat(stream.statistics().sinks().get(0).delivered()).isEqualTo(200);

        Stream unfit = staged("unfit", "[{transform: {cast: {value: text}}}]",
                "{topic: unfit, format: protobuf, fields: [{name: value, type: floating}]}");
        assertThat(unfit.statistics().sinks().get(0).deadLettered()).isEqualTo(200);
        assertThat(unfit.statistics().sinks().get(0).delivered()).isZero();
        given().get("/api/v1/dead-letters?stream=unfit&limit=1").then().statusCode(200)
                .body(containsString("the field value is not of type floating")).body(containsString("unfit.kafka.fields"));
    }

    @Test
    void unknownColumnsAreRejectedWithTheRemedy() {
        given().contentType("application/yaml").body("""
                {name: unknown, source: {pattern: {}}, stages: [{transform: {flatten: true}}],
                 sinks: [{kafka: {topic: unknown, format: avro}}]}""".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/api/v1/streams").then().statusCode(422)
                .body("field", equalTo("sinks[0].kafka.format")).body("detail", containsString("list them in fields"));
    }

    private Stream staged(String name, String stages, String kafka) {
        Stream stream = streams.create(StreamDefinition.parse(Definitions.yaml("""
                {name: %s, source: {pattern: {seed: 7}}, pace: {maxRecords: 200}, stages: %s, sinks: [{kafka: %s}]}"""
                .formatted(name, stages, kafka))));
        await().atMost(PATIENCE).until(() -> stream.state() == StreamState.COMPLETED);
        return stream;
    }

    private Stream run(String name, String kafka, int records) {
        Stream stream = streams.create(definition(name, kafka, records));
        await().atMost(PATIENCE).until(() -> stream.state() == StreamState.COMPLETED);
        return stream;
    }

    private static StreamDefinition definition(String name, String kafka, int records) {
        return StreamDefinition.parse(Definitions.yaml("""
                {name: %s, source: {pattern: {seed: 7}}, pace: {maxRecords: %d}, sinks: [{kafka: %s}]}""".formatted(name,
                records, kafka)));
    }

    private Object avro(byte[] message) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        assertThat(bytes.get()).isZero();
        String schema = new ObjectMapper().readTree(get("/schemas/ids/" + bytes.getInt())).get("schema").asText();
        return new GenericDatumReader<>(new Schema.Parser().parse(schema)).read(null,
                DecoderFactory.get().binaryDecoder(message, 5, message.length - 5, null));
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(HttpClient.newHttpClient(), "GET", path, "");
    }

    private String send(HttpClient client, String method, String path, String body) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(registry.url() + path)).header("Content-Type", "application/json")
                .method(method,
                        body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, int min) {
        List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "reader-" + topic, "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(messages::add);
                return messages.size() >= min;
            });
            int before;
            do {
                before = messages.size();
                consumer.poll(Duration.ofMillis(500)).forEach(messages::add);
            } while (messages.size() > before);
        }
        return messages;
    }
}
