package io.freshet.sink.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;

import io.freshet.dev.LocalMongo;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Batches;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.RecordHeaders;
import io.freshet.sink.Sink;

class MongoSinkTest {

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private LocalMongo server;
    private MongoClient client;
    private MongoConnections connections;
    /** The collections that the server was asked to create. */
    private final List<BsonDocument> created = new CopyOnWriteArrayList<>();
    private final AtomicInteger inserts = new AtomicInteger();

    @BeforeEach
    void begin() {
        server = LocalMongo.start(0);
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(
                        new ConnectionString(server.address() + "/?serverSelectionTimeoutMS=2000&connectTimeoutMS=2000"))
                .addCommandListener(listener(this::started)).build());
        connections = new MongoConnections(true, () -> client, "d");
    }

    private void started(CommandStartedEvent event) {
        if (event.getCommandName().equals("create")) {
            created.add(event.getCommand().clone());
        }
        inserts.addAndGet(event.getCommandName().equals("insert") ? 1 : 0);
    }

    /** Returns a proxy, because a class would become a bean of each application under test. */
    private static CommandListener listener(Consumer<CommandStartedEvent> started) {
        return (CommandListener) Proxy.newProxyInstance(CommandListener.class.getClassLoader(),
                new Class<?>[] { CommandListener.class }, (proxy, method, arguments) -> {
                    if (method.getName().equals("commandStarted")) {
                        started.accept((CommandStartedEvent) arguments[0]);
                    }
                    return method.getName().equals("equals") ? proxy == arguments[0]
                            : method.getName().equals("hashCode") ? System.identityHashCode(proxy) : null;
                });
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    @Test
    void keepsRecordsAsDocumentsThatCanBeAskedFor() {
        deliver(sink(true), Batches.of(0, 300));

        assertThat(records().countDocuments()).isEqualTo(300);
        Document kept = records().find(new Document("record.sequence", 123)).first();
        assertThat(kept).containsEntry("stream", "test").containsEntry("position", 123L)
                .containsEntry("time", java.util.Date.from(Instant.EPOCH));
        assertThat(kept.get("record", Document.class)).containsEntry("id", "evt-000000000123");
        assertThat(records().listIndexes()).extracting(index -> index.get("key", Document.class).toJson())
                .contains("{\"stream\": 1, \"time\": 1, \"position\": 1}");
    }

    @Test
    void keepsNothingTwiceWhateverComesAgain() {
        Sink sink = sink(true);
        deliver(sink, Batches.of(0, 100));

        BatchDelivery again = new BatchDelivery(Batches.of(50, 100));
        assertThat(deliver(sink, again)).isInstanceOf(Delivery.Delivered.class);
        assertThat(deliver(sink(false), Batches.of(100, 60))).isInstanceOf(Delivery.Delivered.class);

        assertThat(again.size()).isZero();
        assertThat(positions()).isEqualTo(range(0, 160));
    }

    @Test
    void knowsRecordsThatStagesHaveMadeByTheirIds() {
        EncodedBatch results = Batches.made(10, 10, new long[] { 9, 9 }, new String[] { "w/a", "w/b" }, "{\"r\":1}",
                "{\"r\":2}");
        deliver(sink(true), results);
        deliver(sink(false), Batches.made(10, 10, new long[] { 9 }, new String[] { "w/c" }, "{\"r\":3}"));

        deliver(sink(false), results);

        assertThat(read(0, 100)).hasSize(3).allMatch(kept -> kept.contains("\"position\":9"));
    }

    @Test
    void recordsOfAStreamThatBeginsAnewAreOthers() {
        deliver(sink(true), Batches.of(0, 10));

        deliver(sink(true), Batches.of(0, 10));

        assertThat(records().countDocuments()).isEqualTo(20);
    }

    @Test
    void forgetsItsRunAndKeepsItsRecords() {
        Sink sink = sink(true);
        deliver(sink, Batches.of(0, 10));
        sink.forget();

        deliver(sink(false), Batches.of(0, 10));

        assertThat(records().countDocuments()).isEqualTo(20);
    }

    @Test
    void readsPagesInTheOrderOfTimeAndDeletesWhatIsOld() {
        Sink sink = sink(true);
        deliver(sink, Batches.of(0, 10));
        deliver(sink, Batches.of(10, "{\"sequence\":10}", "{\"sequence\":11}"));

        assertThat(read(4, 3)).extracting(MongoSinkTest::sequence).containsExactly(4, 5, 6);
        assertThat(read(9, 100)).extracting(MongoSinkTest::sequence).containsExactly(9, 10, 11);
        assertThat(connections.read("c", "test", Instant.EPOCH, Instant.EPOCH.plusMillis(1), 0, 100)).hasSize(10);
        assertThat(connections.read("c", "other", Instant.EPOCH, LATEST, 0, 100)).isEmpty();
        assertThat(connections.delete("c", "test", Instant.EPOCH.plusMillis(1))).isEqualTo(10);
        assertThat(read(0, 100)).extracting(MongoSinkTest::sequence).containsExactly(10, 11);
    }

    @Test
    void keepsAllValuesAsTheyWere() throws JsonProcessingException {
        String record = "{\"text\":\"a\\\"\\u00e9\\uD83D\\uDE00\",\"int\":-7,\"long\":9007199254740993,\"double\":12.25,\"half\":0.00000015,"
                + "\"many\":0.12345678901234566,\"exact\":1234567890.12345678901234,\"big\":123456789012345678901234567890,"
                + "\"yes\":true,\"no\":false,\"none\":null,\"a.b\":1,\"$c\":{\"d\":[1,[2],{}]},\"\":0}";

        deliver(sink(true), Batches.of(0, record));

        String read = read(0, 1).get(0);
        assertThat(new ObjectMapper().readTree(read).get("record")).isEqualTo(new ObjectMapper().readTree(record));
        assertThat(read).contains("1234567890.12345678901234", "123456789012345678901234567890", "9007199254740993");
        Document kept = records().find().first();
        assertThat(kept).isNotNull();
        assertThat(kept.get("record", Document.class)).containsEntry("exact", Decimal128.parse("1234567890.12345678901234"))
                .containsEntry("many", 0.12345678901234566).containsEntry("long", 9007199254740993L);
    }

    @Test
    void keepsWhatIsNoJsonAsText() {
        deliver(sink(true), Batches.of(0, "{\"cut\":1,\"of", "{} {}", "[1,2]", "{\"a\\u0000b\":1}", ""));

        assertThat(read(0, 10)).extracting(kept -> kept.replaceAll("\"time\":\"[^\"]*\"", "\"time\":0")).containsExactly(
                "{\"position\":0,\"time\":0,\"text\": \"{\\\"cut\\\":1,\\\"of\"}",
                "{\"position\":1,\"time\":0,\"text\": \"{} {}\"}",
                "{\"position\":2,\"time\":0,\"record\": [1, 2]}",
                "{\"position\":3,\"time\":0,\"text\": \"{\\\"a\\\\u0000b\\\":1}\"}",
                "{\"position\":4,\"time\":0,\"text\": \"\"}");
    }

    @Test
    void refusesARecordThatIsTooLargeAndKeepsTheOthers() {
        BatchDelivery batchDelivery = new BatchDelivery(
                Batches.of(0, "{\"a\":1}", "\"" + "x".repeat(17 << 20) + "\"", "{\"a\":3}"));

        assertThat(deliver(sink(true), batchDelivery)).isInstanceOf(Delivery.Delivered.class);

        assertThat(batchDelivery.rejected()).isEqualTo(1);
        assertThat(positions()).containsExactly(0L, 2L);
    }

    @Test
    void saysWhatIsWrongWithoutPayloadAndGoesOnWhenTheServerIsBack() {
        Sink sink = sink(true);
        deliver(sink, Batches.of(0, 10));
        int port = server.port();
        server.close();

        Delivery down = deliver(sink, Batches.of(10, 10));

        assertThat(down).isInstanceOf(Delivery.TransientFailure.class);
        assertThat(((Delivery.Failure) down).reason()).startsWith("collection c: ").doesNotContain("evt-", "cluster state is");
        assertThat(connections.ping().toCompletableFuture().join()).isFalse();
        assertThatThrownBy(() -> read(0, 1)).isInstanceOf(MongoConnections.UnavailableException.class);
        server = LocalMongo.start(port);
        assertThat(deliver(sink, Batches.of(10, 10))).isInstanceOf(Delivery.Delivered.class);
        assertThat(connections.ping().toCompletableFuture().join()).isTrue();
    }

    @Test
    void makesIndexesThatExpire() {
        Sink expiring = connections.sink("test.2",
                new MongoTarget("expiring", Optional.empty(), Optional.of(Duration.ofDays(3)), Optional.empty()),
                true);

        assertThat(deliver(expiring, Batches.of(0, 10))).isInstanceOf(Delivery.Delivered.class);

        assertThat(client.getDatabase("d").getCollection("expiring").listIndexes())
                .anySatisfy(index -> assertThat(index.get("expireAfterSeconds")).hasToString("259200"));
    }

    @Test
    void asksForATimeSeriesAsItIsConfigured() {
        deliver(connections.sink("test.1", series("plain", "seconds", Optional.empty()), true), Batches.of(0, 10));
        deliver(connections.sink("test.2", series("keyed", "hours", Optional.of("machine")), true),
                Batches.of(0, "{\"machine\":\"m1\",\"inner\":{\"machine\":\"no\"}}", "{\"machine\":7}", "{}"));

        assertThat(created).extracting(BsonDocument::toJson).containsExactly(
                "{\"create\": \"plain\", \"capped\": false, \"expireAfterSeconds\": 172800, "
                        + "\"timeseries\": {\"timeField\": \"time\", \"metaField\": \"stream\", \"granularity\": \"seconds\"}, \"$db\": \"d\"}",
                "{\"create\": \"keyed\", \"capped\": false, \"expireAfterSeconds\": 172800, "
                        + "\"timeseries\": {\"timeField\": \"time\", \"metaField\": \"series\", \"granularity\": \"hours\"}, \"$db\": \"d\"}");
        assertThat(client.getDatabase("d").getCollection("keyed").find().sort(new Document("position", 1)))
                .extracting(kept -> kept.get("series", Document.class).toJson()).containsExactly(
                        "{\"stream\": \"test\", \"key\": \"m1\"}", "{\"stream\": \"test\", \"key\": \"7\"}",
                        "{\"stream\": \"test\"}");
        assertThat(connections.read("keyed", "test", Instant.EPOCH, LATEST, 0, 10)).hasSize(3);
    }

    private static MongoTarget series(String collection, String granularity, Optional<String> key) {
        return new MongoTarget(collection, Optional.of(new MongoTarget.Series(granularity, key)),
                Optional.of(Duration.ofDays(2)), Optional.empty());
    }

    @Test
    void theTimeOfARecordIsThatOfAFieldWhereOneIsNamed() {
        MongoTarget target = new MongoTarget("timed", Optional.empty(), Optional.empty(), Optional.of("timestamp"));
        Sink sink = connections.sink("timed.0", target, true);
        EncodedBatch batch = Batches.of(0, 1);
        EncodedBatch timed = new EncodedBatch("test", 0, batch.records(), RecordHeaders.of(Batches.rows(0, 1), sink.fields()),
                batch.schema(), batch.metadata());

        assertThat(sink.deliver(new BatchDelivery(timed)).toCompletableFuture().join()).isInstanceOf(Delivery.Delivered.class);
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(connections.read("timed", "test", time, time.plusMillis(1), 0, 10)).hasSize(1);
    }

    @Test
    void whatComesWhileABulkIsUnderWayGoesTogetherAndEachBatchIsAnsweredFor() {
        Sink sink = sink(true);
        deliver(sink, Batches.of(40, 5));
        inserts.set(0);

        List<CompletableFuture<Delivery>> outcomes = IntStream.range(0, 50)
                .mapToObj(i -> sink.deliver(new BatchDelivery(Batches.of(i * 10L, 10))).toCompletableFuture()).toList();

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.orTimeout(30, TimeUnit.SECONDS).join())
                .isInstanceOf(Delivery.Delivered.class));
        assertThat(positions()).isEqualTo(range(0, 500));
        assertThat(inserts.get()).isLessThan(50);
    }

    private Sink sink(boolean fresh) {
        return connections.sink("test.0", new MongoTarget("c", Optional.empty(), Optional.empty(), Optional.empty()), fresh);
    }

    private MongoCollection<Document> records() {
        return client.getDatabase("d").getCollection("c");
    }

    private List<Long> positions() {
        return records().find().sort(new Document("position", 1)).map(kept -> kept.getLong("position"))
                .into(new java.util.ArrayList<>());
    }

    private static List<Long> range(int from, int to) {
        return IntStream.range(from, to).mapToObj(Long::valueOf).toList();
    }

    private List<String> read(int skip, int max) {
        return connections.read("c", "test", Instant.EPOCH, LATEST, skip, max);
    }

    private static int sequence(String kept) {
        return Integer.parseInt(kept.replaceAll(".*\"sequence\": ?(\\d+).*", "$1"));
    }

    private static Delivery deliver(Sink sink, EncodedBatch batch) {
        return deliver(sink, new BatchDelivery(batch));
    }

    /** Delivers as the owner of the sink does. */
    private static Delivery deliver(Sink sink, BatchDelivery batchDelivery) {
        Delivery delivery = sink.deliver(batchDelivery).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
        if (delivery instanceof Delivery.Delivered) {
            batchDelivery.markAllDelivered();
        }
        return delivery;
    }
}
