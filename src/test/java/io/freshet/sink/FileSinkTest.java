package io.freshet.sink;

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
        assertThat(lines.get(0)).isEqualTo("id,timestamp,sequence,event_type,user_id,value,_generated_at,_batch_id");
        assertThat(lines.get(5)).startsWith("evt-000000000004,2026-01-01T00:00:00.004Z,4,");
    }

    @Test
    void writesTheFieldsThatAreChosenOfAnyRecords() throws IOException {
        RecordBatch events = new RecordBatch.Events(List.of(event("{a: {b: 1.5}, c: 'x, \"y\"', d: [1, {e: 2}]}"),
                event("{a: 3, c: true}"), event("{}")));
        try (FileSink sink = new FileSink(folder, folder.resolve("chosen.csv"), true,
                List.of(FieldPath.of("a.b"), FieldPath.of("c"), FieldPath.of("d")))) {
            EncodedRecords encoded = EncodedRecords.create();
            sink.encoder().encode(events, null, encoded);
            sink.deliver(new Consignment(new OutgoingBatch("s", 0, encoded, Envelopes.NONE, null, null))).toCompletableFuture()
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
        Consignment consignment = new Consignment(Batches.of(0, 6));
        consignment.deliver(0);
        consignment.refuse(3, "no");
        try (FileSink sink = new FileSink(folder, folder.resolve("out.ndjson"), false)) {
            sink.deliver(consignment).toCompletableFuture().join();
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

    private static OutgoingBatch encoded(FileSink sink, OutgoingBatch batch) {
        RecordEncoder encoder = sink.encoder();
        if (encoder == null) {
            return batch;
        }
        EncodedRecords records = EncodedRecords.create();
        encoder.encode(Batches.rows(batch.position(), batch.size()), batch.metadata(), records);
        return new OutgoingBatch("test", batch.position(), records, Envelopes.NONE, batch.schema(), batch.metadata());
    }

    private Delivery deliver(Path path, boolean csv, OutgoingBatch... batches) {
        Delivery last = Delivery.delivered();
        try (FileSink sink = new FileSink(folder, path, csv)) {
            for (OutgoingBatch batch : batches) {
                last = sink.deliver(new Consignment(encoded(sink, batch))).toCompletableFuture().join();
            }
        }
        return last;
    }
}
