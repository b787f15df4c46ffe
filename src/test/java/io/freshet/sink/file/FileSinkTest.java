package io.freshet.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordEncoder;
import io.freshet.event.Event;
import io.freshet.event.FieldPath;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Batches;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.RecordHeaders;

class FileSinkTest {

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @Test
    void writesARecordPerLine() throws IOException {
        deliver(folder.resolve("sub/out.ndjson"), false, Batches.of(0, 3), Batches.of(3, 2));

        List<String> lines = Files.readAllLines(folder.resolve("sub/out.ndjson"));
        assertThat(lines).hasSize(5).allMatch(line -> line.startsWith("{\"id\":\"evt-0000") && line.endsWith("}"));
        assertThat(lines.get(4)).contains("\"sequence\":4,");
    }

    @Test
    void writesOneHeaderAndContinuesAFile() throws IOException {
        deliver(folder.resolve("out.csv"), true, Batches.of(0, 3));
        deliver(folder.resolve("out.csv"), true, Batches.of(3, 2));

        List<String> lines = Files.readAllLines(folder.resolve("out.csv"));
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0))
                .isEqualTo("id,timestamp,sequence,event_type,user_id,value,data.amount,data.category,_generated_at,_batch_id");
        assertThat(lines.get(5)).startsWith("evt-000000000004,2026-01-01T00:00:00.004Z,4,");
    }

    @Test
    void writesTheFieldsThatAreChosenOfAnyRecords() throws IOException {
        RecordBatch events = new RecordBatch.Events(List.of(event("{a: {b: 1.5}, c: 'x, \"y\"', d: [1, {e: 2}]}"),
                event("{a: 3, c: true}"), event("{}")));
        try (FileSink sink = new FileSink(folder, folder.resolve("chosen.csv"), true,
                List.of(FieldPath.of("a.b"), FieldPath.of("c"), FieldPath.of("d")), FileLimits.NONE)) {
            EncodedRecords encoded = EncodedRecords.create();
            sink.encoder().encode(events, null, encoded);
            sink.deliver(new BatchDelivery(new EncodedBatch("s", 0, encoded, RecordHeaders.NONE, null, null)))
                    .toCompletableFuture()
                    .join();
        }

        assertThat(Files.readAllLines(folder.resolve("chosen.csv"))).containsExactly("a.b,c,d",
                "1.5,\"x, \"\"y\"\"\",\"[1,{\"\"e\"\":2}]\"", ",true,", ",,");
    }

    private static Event event(String yaml) throws IOException {
        return new Event(Instant.EPOCH, null, new YAMLMapper().readValue(yaml, new TypeReference<>() {
        }));
    }

    @Test
    void writesOnlyWhatIsOpen() throws IOException {
        BatchDelivery batchDelivery = new BatchDelivery(Batches.of(0, 6));
        batchDelivery.markDelivered(0);
        batchDelivery.reject(3, "no");
        try (FileSink sink = new FileSink(folder, folder.resolve("out.ndjson"), false)) {
            sink.deliver(batchDelivery).toCompletableFuture().join();
        }

        assertThat(Files.readAllLines(folder.resolve("out.ndjson"))).hasSize(4)
                .extracting(line -> line.replaceAll(".*\"sequence\":(\\d+),.*", "$1")).containsExactly("1", "2", "4", "5");
    }

    @Test
    void refusesAFolderThatLeadsElsewhere() throws IOException {
        Files.createSymbolicLink(folder.resolve("way"), elsewhere);

        assertThat(deliver(folder.resolve("way/out.ndjson"), false, Batches.of(0, 1)))
                .isInstanceOf(Delivery.PermanentFailure.class);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void refusesAFileThatIsElsewhere() throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret"), "s");
        Files.createSymbolicLink(folder.resolve("out.ndjson"), secret);

        assertThat(deliver(folder.resolve("out.ndjson"), false, Batches.of(0, 1)))
                .isInstanceOf(Delivery.PermanentFailure.class);
        assertThat(secret).hasContent("s");
    }

    @Test
    void saysWhenItCannotWrite() throws IOException {
        Files.createDirectory(folder.resolve("taken"));

        Delivery delivery = deliver(folder.resolve("taken"), false, Batches.of(0, 1));

        assertThat(delivery).isInstanceOf(Delivery.TransientFailure.class);
        assertThat(((Delivery.Failure) delivery).reason()).contains("taken").doesNotContain("evt-");
    }

    @Test
    void beginsAnotherFileWhenTheFileWasRemovedOrReplaced() throws IOException {
        Path path = folder.resolve("out.csv");
        try (FileSink sink = new FileSink(folder, path, true)) {
            write(sink, Batches.of(0, 3));
            Files.delete(path);
            write(sink, Batches.of(3, 2));
            assertThat(Files.readAllLines(path)).hasSize(3).first().asString().startsWith("id,timestamp,");
            Files.move(path, folder.resolve("aside.csv"));
            Files.createFile(path);
            write(sink, Batches.of(5, 1));
        }

        assertThat(Files.readAllLines(path)).hasSize(2).first().asString().startsWith("id,timestamp,");
        assertThat(Files.readAllLines(folder.resolve("aside.csv"))).hasSize(3);
    }

    @Test
    void doesNotAppendToAFileWithAnotherHeaderUntilItIsMovedAway() throws IOException {
        Path path = Files.writeString(folder.resolve("out.csv"), "id,amount\n1,2\n");
        try (FileSink sink = new FileSink(folder, path, true)) {
            assertThat(write(sink, Batches.of(0, 3))).isEqualTo(new Delivery.TransientFailure(
                    "the file out.csv has another header; move it away, or name another path"));
            assertThat(path).hasContent("id,amount\n1,2\n");
            Files.delete(path);
            assertThat(write(sink, Batches.of(0, 3))).isEqualTo(Delivery.delivered());
        }
    }

    @Test
    void takesNoMoreThanTheFileMayHold() throws IOException {
        Path path = folder.resolve("out.ndjson");
        BatchDelivery four = new BatchDelivery(Batches.of(0, 4));
        try (FileSink sink = limited(path, new FileLimits(Long.MAX_VALUE, 3, 0))) {
            assertThat(sink.deliver(four).toCompletableFuture().join()).isEqualTo(new Delivery.TransientFailure(
                    "the file out.ndjson has reached its maxRecords of 3; raise it, or set rollOver"));
        }

        assertThat(four.open()).as("what fits is delivered").containsExactly(3);
        try (FileSink again = limited(path, new FileLimits(Long.MAX_VALUE, 3, 0))) {
            assertThat(write(again, Batches.of(4, 1))).as("counts what was there before")
                    .isInstanceOf(Delivery.TransientFailure.class);
        }
        try (FileSink sink = limited(path, new FileLimits(Files.size(path) + 10, Long.MAX_VALUE, 0))) {
            assertThat(write(sink, Batches.of(4, 1)))
                    .isEqualTo(new Delivery.TransientFailure("the file out.ndjson has reached its"
                            + " maxSize of " + (Files.size(path) + 10) + " bytes; raise it, or set rollOver"));
        }
        assertThat(Files.readAllLines(path)).hasSize(3);
    }

    @Test
    void rollsOverAndKeepsTheLatestFiles() throws IOException {
        Path path = folder.resolve("out.csv");
        try (FileSink sink = limited(path, new FileLimits(Long.MAX_VALUE, 2, 2))) {
            assertThat(write(sink, Batches.of(0, 9))).isEqualTo(Delivery.delivered());
        }

        assertThat(sequences(path)).containsExactly("8");
        assertThat(sequences(folder.resolve("out.csv.1"))).containsExactly("6", "7");
        assertThat(sequences(folder.resolve("out.csv.2"))).containsExactly("4", "5");
        assertThat(folder.resolve("out.csv.3")).doesNotExist();
    }

    @Test
    void aRecordThatIsLargerThanAFileMayBeGetsAFileOfItsOwn() throws IOException {
        Path path = folder.resolve("out.ndjson");
        try (FileSink sink = limited(path, new FileLimits(10, Long.MAX_VALUE, 5))) {
            assertThat(write(sink, Batches.of(0, 2))).isEqualTo(Delivery.delivered());
        }

        assertThat(Files.readAllLines(path)).hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("out.ndjson.1"))).hasSize(1);
    }

    private FileSink limited(Path path, FileLimits limits) {
        return new FileSink(folder, path, path.toString().endsWith("csv"), List.of(), limits);
    }

    private static List<String> sequences(Path path) throws IOException {
        List<String> lines = Files.readAllLines(path);
        assertThat(lines.get(0)).startsWith("id,timestamp,");
        return lines.stream().skip(1).map(line -> line.split(",")[2]).toList();
    }

    private static Delivery write(FileSink sink, EncodedBatch batch) {
        return sink.deliver(new BatchDelivery(encoded(sink, batch))).toCompletableFuture().join();
    }

    private static EncodedBatch encoded(FileSink sink, EncodedBatch batch) {
        RecordEncoder encoder = sink.encoder();
        if (encoder == null) {
            return batch;
        }
        EncodedRecords records = EncodedRecords.create();
        encoder.encode(Batches.rows(batch.position(), batch.size()), batch.metadata(), records);
        return new EncodedBatch("test", batch.position(), records, RecordHeaders.NONE, batch.schema(), batch.metadata());
    }

    private Delivery deliver(Path path, boolean csv, EncodedBatch... batches) {
        Delivery last = Delivery.delivered();
        try (FileSink sink = new FileSink(folder, path, csv)) {
            for (EncodedBatch batch : batches) {
                last = sink.deliver(new BatchDelivery(encoded(sink, batch))).toCompletableFuture().join();
            }
        }
        return last;
    }
}
