package io.freshet.deadletter.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.freshet.event.Headers;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.FailureCode;

class DeadLetterScannerTest {

    private static final TopicPartition PARTITION = new TopicPartition("letters", 0);
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    private final List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
        @Override
        public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
            super.seekToBeginning(partitions);
            messages.forEach(this::addRecord);
        }
    };

    @Test
    void whatWasTakenAwayTakesNoRoomOfWhatIsThere() {
        for (int i = 0; i < 20; i++) {
            letter("id-" + i, i);
        }
        for (int i = 0; i < 10; i++) {
            tombstone("id-" + i);
        }

        assertThat(found(10, 30)).extracting(DeadLetter::id)
                .containsExactly(Stream.iterate(10, i -> i + 1).limit(10).map(i -> "id-" + i).toArray(String[]::new));
    }

    @Test
    void whatIsKeptAgainAfterItWasTakenAwayIsThere() {
        letter("a", 1);
        letter("b", 2);
        tombstone("a");
        tombstone("b");
        letter("a", 1);

        assertThat(found(10, 5)).extracting(DeadLetter::id).containsExactly("a");
    }

    @Test
    void messagesThatAreNoLettersArePassedOver() {
        message("of-somebody-else", new byte[] { 1 }, new RecordHeaders());
        letter("a", 1);

        assertThat(found(10, 2)).extracting(DeadLetter::id).containsExactly("a");
    }

    @Test
    void aLetterIsReadAsItWasWritten() {
        Headers headers = Headers.of(List.of(Headers.Header.of("freshet-version", "theirs"), Headers.Header.of("trace", "a"),
                new Headers.Header("trace", null)));
        DeadLetter record = new DeadLetter(new DeadLetter.Address("s", 7, "out", "kafka", "t"),
                new DeadLetter.Cause(FailureCode.TOO_LARGE, "too large", 3, Instant.parse("2026-03-01T12:00:00Z")),
                new DeadLetter.Content(new byte[] { 1 }, new byte[] { 2 }, headers, OptionalLong.of(1_600_000_000_000L)));
        DeadLetter tombstone = new DeadLetter(record.address(), record.cause(),
                new DeadLetter.Content(new byte[] { 1 }, null, Headers.NONE, OptionalLong.empty()));
        message(record.id(), record.value(), new RecordHeaders(new DeadLetterMessage(false).headers(record)));
        message(tombstone.id(), tombstone.value(), new RecordHeaders(new DeadLetterMessage(false).headers(tombstone)));

        assertThat(found(10, 2)).containsExactly(record, tombstone);
    }

    @Test
    void aLetterOfAnEarlierVersionIsKnownByTheNameOfItsSink() {
        letter("a", 1);

        assertThat(found(10, 1)).singleElement().satisfies(letter -> {
            assertThat(letter.isMessage()).isTrue();
            assertThat(letter.cause().code()).isEqualTo(FailureCode.UNKNOWN);
            assertThat(letter.content().headers().isEmpty()).isTrue();
        });
    }

    @Test
    @Timeout(20)
    void aBrokerThatFallsSilentIsNotWaitedForForever() {
        letter("a", 1);

        assertThatThrownBy(() -> found(10, 2)).isInstanceOf(KafkaException.class).hasMessageContaining("in time");
    }

    private List<DeadLetter> found(int max, long end) {
        consumer.updatePartitions("letters", List.of(new PartitionInfo("letters", 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, end));
        DeadLetterPage found = new DeadLetterPage(letter -> true, max);
        new DeadLetterScanner(consumer, "letters", TIMEOUT).find(found);
        return found.letters();
    }

    private void letter(String id, int position) {
        RecordHeaders headers = new RecordHeaders();
        Map.of("stream", "s", "position", String.valueOf(position), "sink", "kafka", "original-topic", "t", "reason", "odd",
                "attempts", "1", "time", "2026-03-01T12:00:00Z")
                .forEach((name, value) -> headers.add("freshet-" + name, value.getBytes(StandardCharsets.UTF_8)));
        message(id, new byte[] { (byte) position }, headers);
    }

    private void tombstone(String id) {
        message(id, null, new RecordHeaders());
    }

    private void message(String id, byte[] value, RecordHeaders headers) {
        messages.add(new ConsumerRecord<>("letters", 0, messages.size(), 0, TimestampType.CREATE_TIME, id.length(), 0,
                id.getBytes(StandardCharsets.UTF_8), value, headers, Optional.empty()));
    }
}
