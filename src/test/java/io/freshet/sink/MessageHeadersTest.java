package io.freshet.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageHeadersTest {

    private final MessageHeaders headers = new MessageHeaders(
            new KafkaTarget("out", Optional.empty(), Optional.empty(), false, 0, false, true, false, Map.of()));

    @ParameterizedTest
    @ValueSource(longs = { 0, 1, 8, 9, 10, 99, 100, 4711, 999_999_999_999L, Long.MAX_VALUE - 1 })
    void anIdIsTheStreamAndTheIndexOfTheRecord(long position) {
        OutgoingBatch batch = Batches.of(position, "{}", "{}");

        assertThat(id(batch, 0)).isEqualTo("test/" + position);
        assertThat(id(batch, 1)).isEqualTo("test/" + (position + 1));
    }

    @Test
    void whatNamesARecordElsewhereIsInItsId() {
        OutgoingBatch batch = Batches.made(7, 9, new long[] { 7, 8 }, new String[] { "0-4711", null }, "{}", "{}");

        assertThat(id(batch, 0)).isEqualTo("test/0-4711");
        assertThat(id(batch, 1)).isEqualTo("test/8");
    }

    private String id(OutgoingBatch batch, int record) {
        List<Header> all = headers.of(batch, record);
        assertThat(all).extracting(Header::key).containsExactly("freshet-id");
        return new String(all.get(0).value(), StandardCharsets.UTF_8);
    }
}
