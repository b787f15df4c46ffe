package io.freshet.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.freshet.dev.LocalRedis;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Batches;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.FailureCode;
import io.freshet.sink.Sink;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

class RedisSinkTest {

    private static Vertx vertx;
    private static LocalRedis server;
    private Redis client;
    private RedisConnections connections;

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
        server = LocalRedis.start(0);
    }

    @AfterAll
    static void end() {
        server.close();
        vertx.close();
    }

    @BeforeEach
    void connect() {
        client = Redis.createClient(vertx, server.address());
        connections = new RedisConnections(true, () -> client);
        send(Request.cmd(Command.FLUSHALL));
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void keepsRecordsByTheirPositionsNewestFirst() {
        Sink sink = sink(100, true);

        deliver(sink, Batches.of(0, 30));
        deliver(sink, Batches.of(30, 20));

        assertThat(recent(10)).hasSize(10).first().asString().startsWith("{\"id\":\"evt-000000000049\",").endsWith("}");
        assertThat(positions(100)).isEqualTo(countdown(49, 0));
    }

    @Test
    void keepsOnlyTheLastOnes() {
        Sink sink = sink(25, true);

        deliver(sink, Batches.of(0, 60));
        deliver(sink, Batches.of(60, 10));

        assertThat(positions(100)).isEqualTo(countdown(69, 45));
    }

    @Test
    void keepsNothingTwiceAndTheOrderWhateverComesAgain() {
        Sink sink = sink(100, true);
        deliver(sink, Batches.of(20, 10));
        deliver(sink, Batches.of(0, 20));

        deliver(sink, Batches.of(5, 20));

        assertThat(positions(100)).isEqualTo(countdown(29, 0));
    }

    @Test
    void replacesARecordThatHasOtherBytesWhenItComesAgain() {
        Sink sink = sink(100, true);
        deliver(sink, new DeadLetter(new DeadLetter.Address("test", 7, "redis", "redis", "k"),
                new DeadLetter.Cause(FailureCode.REJECTED, "", 1, java.time.Instant.EPOCH), null,
                "{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .asBatch());
        deliver(sink, Batches.of(7, 1));

        assertThat(recent(100)).singleElement().asString().contains("\"sequence\":7,");
    }

    @Test
    void keepsAllThatStagesHaveMadeOfOnePosition() {
        Sink sink = sink(100, true);

        deliver(sink, Batches.made(10, 10, new long[] { 9, 9 }, new String[] { "a", "b" }, "{\"r\":1}", "{\"r\":2}"));
        deliver(sink, Batches.made(10, 10, new long[] { 9, 9 }, new String[] { "c", "d" }, "{\"r\":3}", "{\"r\":4}"));
        deliver(sink, Batches.made(10, 20, new long[] { 12, 12, 19 }, new String[] { "e", null, null }, "{\"r\":5}",
                "{\"r\":6}", "{\"r\":7}"));

        assertThat(recent(100)).hasSize(7).startsWith("{\"r\":7}", "{\"r\":6}", "{\"r\":5}");
    }

    @Test
    void whatStagesMakeOnceMoreTakesThePlaceOfWhatTheyMadeBefore() {
        Sink before = sink(100, true);
        deliver(before, Batches.made(0, 10, new long[] { 4, 9 }, new String[2], "{\"r\":1}", "{\"r\":2}"));
        deliver(before, Batches.made(10, 20, new long[] { 10, 19 }, new String[2], "{\"r\":3}", "{\"r\":4}"));
        Sink again = sink(100, false);

        deliver(again, Batches.made(10, 15, new long[] { 10 }, new String[1], "{\"r\":30}"));
        deliver(again, Batches.made(15, 20, new long[] { 19 }, new String[1], "{\"r\":40}"));

        assertThat(recent(100)).containsExactly("{\"r\":40}", "{\"r\":30}", "{\"r\":2}", "{\"r\":1}");
    }

    @Test
    void whatStagesMakeLaterThanBeforeTakesThePlaceOfAllSinceTheResumption() {
        deliver(sink(100, true), Batches.made(0, 20, new long[] { 9, 12, 17 }, new String[3], "{\"r\":1}", "{\"r\":2}",
                "{\"r\":3}"));
        Sink again = connections.sink("test", target(100), OptionalLong.of(10));

        deliver(again, Batches.made(15, 20, new long[] { 18, 19 }, new String[2], "{\"r\":20}", "{\"r\":30}"));

        assertThat(recent(100)).containsExactly("{\"r\":30}", "{\"r\":20}", "{\"r\":1}");
    }

    @Test
    void writesOnlyWhatIsOpen() {
        BatchDelivery batchDelivery = new BatchDelivery(Batches.of(0, 8));
        batchDelivery.markDelivered(0);
        batchDelivery.reject(3, "no");

        assertThat(deliver(sink(100, true), batchDelivery)).isInstanceOf(Delivery.Delivered.class);

        assertThat(positions(100)).containsExactly(7, 6, 5, 4, 2, 1);
    }

    @Test
    void aStreamThatBeginsAnewDoesNotMixItsRecordsWithThoseBefore() {
        deliver(sink(100, true), Batches.of(0, 50));

        deliver(sink(100, false), Batches.of(50, 5));
        assertThat(positions(100)).hasSize(55);
        Sink fresh = sink(100, true);
        deliver(fresh, Batches.of(0, 5));
        deliver(fresh, Batches.of(5, 5));

        assertThat(positions(100)).isEqualTo(countdown(9, 0));
    }

    @Test
    void letsThemGoAfterAWhile() {
        RedisTarget brief = new RedisTarget(Optional.of("brief"), Duration.ofMillis(300), 10);
        Sink sink = connections.sink("test", brief, OptionalLong.empty());

        deliver(sink, Batches.of(0, 5));

        assertThat(send(Request.cmd(Command.PTTL).arg("brief")).toLong()).isBetween(1L, 300L);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> connections.recent("test", brief, 10).toCompletableFuture().join().isEmpty());
    }

    @Test
    void saysWhatIsWrong() {
        try (LocalRedis gone = LocalRedis.start(0)) {
            client.close();
            client = Redis.createClient(vertx, gone.address());
        }

        Delivery down = deliver(sink(100, false), Batches.of(0, 3));

        assertThat(((Delivery.TransientFailure) down).reason()).contains("key k: ").contains("refused");
        assertThat(connections.ping().toCompletableFuture().join()).isFalse();
    }

    @Test
    void aKeyThatHoldsSomethingElseIsLeftAlone() {
        send(Request.cmd(Command.HSET).arg("k").arg("precious").arg("data"));
        assertThat(refusal(sink(100, true))).isEqualTo("key k: it holds a hash, which is not overwritten");
        assertThat(send(Request.cmd(Command.HGET).arg("k").arg("precious"))).hasToString("data");

        send(Request.cmd(Command.DEL).arg("k"));
        send(Request.cmd(Command.ZADD).arg("k").arg(1).arg("ann"));
        assertThat(refusal(sink(100, true))).contains("key k: it holds a zset of something else");
        assertThat(send(Request.cmd(Command.ZCARD).arg("k")).toInteger()).isEqualTo(1);
        assertThat(send(Request.cmd(Command.EXISTS).arg("k:owner")).toInteger()).isZero();
    }

    @Test
    void aKeyOfAnotherStreamIsLeftAloneUntilItsRecordsHaveGone() {
        deliver(sink(100, true), Batches.of(0, 10));
        Sink other = connections.sink("other", target(100), OptionalLong.empty());

        assertThat(refusal(other)).isEqualTo("key k: it holds the records of the stream test");
        assertThat(positions(100)).isEqualTo(countdown(9, 0));
        assertThat(connections.recent("other", target(100), 10)).failsWithin(Duration.ofSeconds(20))
                .withThrowableThat().withMessageContaining("the stream test");

        send(Request.cmd(Command.DEL).arg("k").arg("k:owner"));
        assertThat(deliver(other, Batches.of(0, 3))).isInstanceOf(Delivery.Delivered.class);
    }

    @Test
    void theOwnerOfAKeyLivesAsLongAsTheKey() {
        Sink sink = sink(100, true);
        deliver(sink, Batches.of(0, 3));
        send(Request.cmd(Command.PEXPIRE).arg("k:owner").arg(1000));

        deliver(sink, Batches.of(3, 3));

        assertThat(send(Request.cmd(Command.PTTL).arg("k:owner")).toLong()).isGreaterThan(1_000_000);
    }

    @Test
    void recordsFromBeforeThereWereOwnersAreTakenOver() {
        deliver(sink(100, true), Batches.of(0, 10));
        send(Request.cmd(Command.DEL).arg("k:owner"));

        deliver(sink(100, false), Batches.of(10, 5));

        assertThat(positions(100)).isEqualTo(countdown(14, 0));
        assertThat(send(Request.cmd(Command.GET).arg("k:owner"))).hasToString("test");
    }

    private static String refusal(Sink sink) {
        return ((Delivery.PermanentFailure) deliver(sink, Batches.of(0, 3))).reason();
    }

    private Sink sink(int max, boolean fresh) {
        return connections.sink("test", target(max), fresh ? OptionalLong.empty() : OptionalLong.of(Long.MAX_VALUE));
    }

    private static RedisTarget target(int max) {
        return new RedisTarget(Optional.of("k"), Duration.ofHours(1), max);
    }

    private static Delivery deliver(Sink sink, EncodedBatch batch) {
        return deliver(sink, new BatchDelivery(batch));
    }

    private static Delivery deliver(Sink sink, BatchDelivery batchDelivery) {
        return sink.deliver(batchDelivery).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private List<String> recent(int count) {
        return connections.recent("test", target(100), count).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private List<Integer> positions(int count) {
        return recent(count).stream().map(record -> Integer.valueOf(record.replaceAll(".*\"sequence\":(\\d+),.*", "$1")))
                .toList();
    }

    private static List<Integer> countdown(int from, int to) {
        return Stream.iterate(from, i -> i >= to, i -> i - 1).toList();
    }

    private Response send(Request request) {
        return client.send(request).toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
