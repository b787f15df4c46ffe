package io.freshet.sink.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.RecordBatch;
import io.freshet.database.LocalPostgres;
import io.freshet.event.FieldPath;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Batches;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.RecordHeaders;
import io.freshet.sink.Sink;
import io.freshet.table.Schema;

class DatabaseSinkTest {

    private static final List<FieldPath> FIELDS = List.of(FieldPath.of("id"), FieldPath.of("note"));

    private static LocalPostgres database;

    @BeforeAll
    static void begin() {
        database = LocalPostgres.start();
        database.execute("CREATE TABLE orders (id int PRIMARY KEY, note varchar(8), at timestamptz DEFAULT now())");
    }

    @AfterAll
    static void end() {
        if (database != null) {
            database.close();
        }
    }

    private static Sink sink(boolean skipExisting) {
        database.execute("TRUNCATE orders");
        return new DatabaseSink(database.table("orders"), ForkJoinPool.commonPool(), FIELDS, skipExisting);
    }

    private static Delivery deliver(Sink sink, BatchDelivery delivery) throws Exception {
        return sink.deliver(delivery).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static String count() {
        return database.value("SELECT count(*) FROM orders");
    }

    @Test
    void writesTheRowsOfAModelWithoutMetadata() throws Exception {
        RecordBatch rows = Batches.rows(0, 500);
        EncodedRecords lines = EncodedRecords.create();
        Schema schema = ((RecordBatch.Rows) rows).rows().schema();
        database.execute(schema.columns().stream().map(column -> '"' + column.name() + "\" text")
                .collect(Collectors.joining(", ", "CREATE TABLE pattern (", ")")));
        Sink sink = new DatabaseSink(database.table("pattern"), ForkJoinPool.commonPool(), List.of(), false);
        sink.encoder().encode(rows, new BatchMetadata(Instant.EPOCH, 1), lines);
        BatchDelivery delivery = new BatchDelivery(new EncodedBatch("test", 0, lines, RecordHeaders.NONE,
                schema, new BatchMetadata(Instant.EPOCH, 1)));

        assertThat(deliver(sink, delivery)).isEqualTo(Delivery.delivered());

        sink.close();
        assertThat(database.value("SELECT count(*) FROM pattern")).isEqualTo("500");
        assertThat(delivery.delivered()).isEqualTo(500);
    }

    @Test
    void rejectsExactlyTheRowsThatTheDatabaseRejects() throws Exception {
        try (Sink sink = sink(false)) {
            String[] lines = IntStream.range(0, 100).mapToObj(i -> i + ",n" + i).toArray(String[]::new);
            lines[13] = "thirteen,secret";
            lines[50] = "49,again";
            lines[99] = "99,much too long";
            BatchDelivery delivery = new BatchDelivery(Batches.of(0, lines));

            assertThat(deliver(sink, delivery)).isEqualTo(Delivery.delivered());

            assertThat(delivery.delivered()).isEqualTo(97);
            assertThat(delivery.letters("orders", sink, Instant.EPOCH)).extracting(letter -> letter.address().position() + " "
                    + letter.cause().reason()).containsExactly(
                            "13 table orders rejects the row: a value of another type in the column id",
                            "50 table orders rejects the row: a violation (unique) of the constraint orders_pkey",
                            "99 table orders rejects the row: a text that is too long in the column note");
            assertThat(count()).isEqualTo("97");
        }
    }

    @Test
    void canSkipRowsThatExist() throws Exception {
        try (Sink sink = sink(true)) {
            assertThat(deliver(sink, new BatchDelivery(Batches.of(0, "1,a", "2,b")))).isEqualTo(Delivery.delivered());
            BatchDelivery again = new BatchDelivery(Batches.of(1, "2,c", "3,", "4,\"\""));

            assertThat(deliver(sink, again)).isEqualTo(Delivery.delivered());

            assertThat(again.delivered()).isEqualTo(3);
            assertThat(database.value("SELECT string_agg(id || coalesce(note, '-'), ' ' ORDER BY id) FROM orders"))
                    .isEqualTo("1a 2b 3- 4");
            assertThat(database.value("SELECT count(at) FROM orders")).isEqualTo("4");
        }
    }

    @Test
    void writesBatchesInTheirOrderWhateverArrivesMeanwhile() throws Exception {
        try (Sink sink = sink(false)) {
            List<CompletableFuture<Delivery>> outcomes = IntStream.range(0, 50)
                    .mapToObj(i -> sink.deliver(new BatchDelivery(Batches.of(i, i + ",x"))).toCompletableFuture()).toList();

            CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

            assertThat(outcomes).allMatch(outcome -> outcome.join().equals(Delivery.delivered()));
            assertThat(database.value("SELECT string_agg(id::text, ' ' ORDER BY ctid) FROM orders"))
                    .isEqualTo(String.join(" ", IntStream.range(0, 50).mapToObj(Integer::toString).toList()));
        }
    }

    @Test
    void connectsAgainAfterTheDatabaseWasDown() throws Exception {
        try (Sink sink = sink(false)) {
            deliver(sink, new BatchDelivery(Batches.of(0, "1,a")));
            database.stop();
            BatchDelivery delivery = new BatchDelivery(Batches.of(1, "2,b"));

            Delivery down = deliver(sink, delivery);
            database.restart();
            Delivery up = deliver(sink, delivery);

            assertThat(down).isInstanceOfSatisfying(Delivery.TransientFailure.class,
                    failure -> assertThat(failure.reason()).contains("orders").doesNotContain(LocalPostgres.PASSWORD));
            assertThat(up).isEqualTo(Delivery.delivered());
            assertThat(count()).isEqualTo("2");
        }
    }

    @Test
    void waitsForATableThatIsNotThere() throws Exception {
        try (Sink sink = new DatabaseSink(database.table("later"), ForkJoinPool.commonPool(), FIELDS, false)) {
            BatchDelivery delivery = new BatchDelivery(Batches.of(0, "1,a"));

            assertThat(deliver(sink, delivery)).isInstanceOfSatisfying(Delivery.TransientFailure.class,
                    failure -> assertThat(failure.reason()).contains("\"later\" does not exist"));
            database.execute("CREATE TABLE later (id int, note text)");

            assertThat(deliver(sink, delivery)).isEqualTo(Delivery.delivered());
        }
    }

    @Test
    void deliversDeadLettersAgain() throws Exception {
        try (Sink sink = sink(false)) {
            BatchDelivery delivery = new BatchDelivery(Batches.of(0, "1,a", "1,b"));
            deliver(sink, delivery);
            DeadLetter letter = delivery.letters("orders", sink, Instant.EPOCH).get(0);
            database.execute("DELETE FROM orders");

            assertThat(deliver(sink, BatchDelivery.of(letter))).isEqualTo(Delivery.delivered());

            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("1,b");
            assertThat(count()).isEqualTo("1");
        }
    }
}
