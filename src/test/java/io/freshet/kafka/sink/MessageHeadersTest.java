package io.freshet.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.codec.RecordBatch;
import io.freshet.event.Headers;
import io.freshet.event.JsonEventBuffer;
import io.freshet.sink.Batches;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.RecordHeaderFields;
import io.freshet.sink.RecordHeaders;

class MessageHeadersTest {

    private final MessageHeaders headers = new MessageHeaders(target(Optional.empty()), "");

    @ParameterizedTest
    @ValueSource(longs = { 0, 1, 8, 9, 10, 99, 100, 4711, 999_999_999_999L, Long.MAX_VALUE - 1 })
    void anIdIsTheStreamAndTheIndexOfTheRecord(long position) {
        EncodedBatch batch = Batches.of(position, "{}", "{}");

        assertThat(id(batch, 0)).isEqualTo("test/" + position);
        assertThat(id(batch, 1)).isEqualTo("test/" + (position + 1));
    }

    @Test
    void whatNamesARecordElsewhereIsInItsId() {
        EncodedBatch batch = Batches.made(7, 9, new long[] { 7, 8 }, new String[] { "0-4711", null }, "{}", "{}");

        assertThat(id(batch, 0)).isEqualTo("test/0-4711");
        assertThat(id(batch, 1)).isEqualTo("test/8");
    }

    @Test
    void idsOfAnotherRunAndOfATombstoneAreOthers() {
        EncodedBatch batch = Batches.of(7, "{}");
        MessageHeaders events = new MessageHeaders(target(Optional.of(CloudEvents.DEFAULT)), "k3f9");

        assertThat(text(events.of(batch, 0, false))).containsEntry("freshet-id", "test/k3f9/7").containsEntry("ce_id", "k3f9/7")
                .containsEntry("ce_type", "io.freshet.record");
        assertThat(text(events.of(batch, 0, true))).containsEntry("freshet-id", "test/k3f9/7.tombstone").containsEntry("ce_id",
                "k3f9/7.tombstone");
        assertThat(text(new MessageHeaders(target(Optional.of(CloudEvents.DEFAULT)), "x1").of(batch, 0, false)))
                .containsEntry("freshet-id", "test/x1/7").containsEntry("ce_id", "x1/7");
    }

    @Test
    void typeAndTimeOfACloudEventAreThoseOfTheRecord() {
        CloudEvents wanted = new CloudEvents("other", Optional.of("event_type"), Optional.of("timestamp"));

        assertThat(text(pattern(wanted))).containsEntry("ce_time", "2026-01-01T00:00:00.005Z")
                .hasEntrySatisfying("ce_type", type -> assertThat(type).isIn("view", "click", "purchase"));
        assertThat(text(pattern(new CloudEvents("com.shop.order", Optional.empty(), Optional.empty()))))
                .containsEntry("ce_type", "com.shop.order").containsEntry("ce_time", "1970-01-01T00:00:00Z");
        assertThat(text(pattern(new CloudEvents("fallback", Optional.of("nowhere"), Optional.of("nowhere")))))
                .containsEntry("ce_type", "fallback");
    }

    @Test
    void theHeadersOfAMessageOfTheSourceAreKeptAndWhatNamesItIsOurs() {
        EncodedBatch batch = relayed(Headers.of(List.of(Headers.Header.of("trace", "abc"), Headers.Header.of("trace", "def"),
                new Headers.Header("empty", null), Headers.Header.of("freshet-id", "elsewhere/1"),
                Headers.Header.of("ce_type", "their.type"), Headers.Header.of("ce_id", "their-id"))));

        List<Header> plain = headers.of(batch, 0, false);
        assertThat(plain).extracting(Header::key).containsExactly("trace", "trace", "empty", "ce_type", "ce_id", "freshet-id");
        assertThat(text(plain)).containsEntry("freshet-id", "test/0-4711").containsEntry("ce_id", "their-id");
        assertThat(text(new MessageHeaders(target(Optional.of(CloudEvents.DEFAULT)), "r").of(batch, 0, false)))
                .containsEntry("ce_id", "their-id").containsEntry("ce_type", "their.type")
                .containsEntry("ce_source", "/freshet/streams/test").containsEntry("ce_time", "2020-01-01T00:00:00Z")
                .containsEntry("ce_partitionkey", "k");
        assertThat(batch.headers().timestamp(0)).hasValue(1_577_836_800_000L);
    }

    private static EncodedBatch relayed(Headers from) {
        JsonEventBuffer events = JsonEventBuffer.create();
        events.append("{}".getBytes(StandardCharsets.UTF_8), 1_577_836_800_000L, new byte[] { 'k' }, "0-4711", 0, from);
        return new EncodedBatch("test", 3, Batches.of(3, "{}").records(),
                RecordHeaders.of(new RecordBatch.Written(events), RecordHeaderFields.NONE), null, null);
    }

    private static List<Header> pattern(CloudEvents wanted) {
        KafkaTarget target = target(Optional.of(wanted));
        EncodedBatch batch = Batches.of(5, 1);
        EncodedBatch typed = new EncodedBatch("test", 5, batch.records(), RecordHeaders.of(Batches.rows(5, 1), target.fields()),
                batch.schema(), batch.metadata());
        return new MessageHeaders(target, "r").of(typed, 0, false);
    }

    private static KafkaTarget target(Optional<CloudEvents> events) {
        return new KafkaTarget("out", Optional.empty(), Optional.empty(), false, 0, events, true, false, Optional.empty(),
                Map.of());
    }

    private static Map<String, String> text(List<Header> headers) {
        return headers.stream().collect(Collectors.toMap(Header::key,
                header -> header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8), (a, b) -> b));
    }

    private String id(EncodedBatch batch, int record) {
        List<Header> all = headers.of(batch, record, false);
        assertThat(all).extracting(Header::key).containsExactly("freshet-id");
        return new String(all.get(0).value(), StandardCharsets.UTF_8);
    }
}
