package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.freshet.codec.EncodedRecords;
import io.freshet.memory.MemoryBudget;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.sink.RecordHeaders;
import io.freshet.stream.delivery.QueueEntry;
import io.freshet.stream.delivery.SinkQueue;

class QueueUtilisationTest {

    private static final QueueSettings HUNDRED = new QueueSettings(100, OverflowStrategy.BLOCK, 1, Optional.empty());

    private static QueueEntry load(int records, int bytes) {
        EncodedRecords encoded = EncodedRecords.create();
        encoded.clear(records);
        for (int i = 0; i < records; i++) {
            byte[] record = "x".repeat(bytes - 1).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(record, 0, encoded.reserve(0, record.length), encoded.used(), record.length);
            encoded.append(record.length);
        }
        return new QueueEntry(new BatchDelivery(new EncodedBatch("s", 0, encoded, RecordHeaders.NONE, null, null)), 0);
    }

    @Test
    void isTheLargerShareOfRecordsAndBytes() {
        MemoryBudget budget = MemoryBudget.of(10_000);
        SinkQueue queue = new SinkQueue(HUNDRED, budget);
        assertThat(queue.utilisation()).isZero();

        queue.add(load(50, 20));
        assertThat(queue.utilisation()).isCloseTo(0.5, within(1e-9));

        queue.add(load(2, 4_000));
        assertThat(queue.utilisation()).isCloseTo(0.9, within(0.01));
    }

    @Test
    void countsTheBytesThatOtherQueuesLeave() {
        MemoryBudget budget = MemoryBudget.of(10_000);
        budget.open().add(8_000);
        SinkQueue queue = new SinkQueue(HUNDRED, budget);
        assertThat(queue.utilisation()).isZero();

        queue.add(load(1, 1_000));

        assertThat(queue.utilisation()).isCloseTo(0.5, within(0.01));
    }
}
