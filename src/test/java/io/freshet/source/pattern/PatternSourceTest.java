package io.freshet.source.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;

class PatternSourceTest {

    @Test
    void recordsAreUnchanged() {
        assertThat(records(42, 0, 2)).containsExactly(
                "{\"id\":\"evt-000000000000\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"sequence\":0,"
                        + "\"event_type\":\"view\",\"user_id\":\"user-71\",\"value\":21.89,"
                        + "\"data\":{\"amount\":643,\"category\":\"b\"}}",
                "{\"id\":\"evt-000000000001\",\"timestamp\":\"2026-01-01T00:00:00.001Z\",\"sequence\":1,"
                        + "\"event_type\":\"click\",\"user_id\":\"user-25\",\"value\":97.90,"
                        + "\"data\":{\"amount\":303,\"category\":\"c\"}}");
    }

    @Test
    void givesTheSameRecordsInBatchesOfAnySize() {
        List<String> whole = records(5, 990, 100);
        List<String> pieces = new ArrayList<>(records(5, 990, 1));
        pieces.addAll(records(5, 991, 59));
        pieces.addAll(records(5, 1050, 40));

        assertThat(pieces).isEqualTo(whole);
        assertThat(records(6, 990, 100)).isNotEqualTo(whole);
    }

    @Test
    void reusesABatch() {
        PatternSource source = new PatternSource(5, 100);
        RecordBatch first = source.next(0, 100, null);

        RecordBatch second = source.next(100, 30, first);

        assertThat(second).isSameAs(first);
        assertThat(encoded(second)).isEqualTo(records(5, 100, 30));
    }

    @Test
    void hasAHundredUsersInEqualShares() {
        List<String> records = records(1, 0, 100_000);

        assertThat(shares(records, "user_id")).hasSize(100).allSatisfy(count -> assertThat(count).isBetween(850L, 1150L));
        assertThat(shares(records, "category")).hasSize(3).allSatisfy(count -> assertThat(count).isBetween(32_500L, 34_200L));
    }

    @Test
    void hasThreeTypesInTurn() {
        assertThat(records(9, 2, 6)).extracting(record -> record.replaceAll(".*\"event_type\":\"([a-z]+)\".*", "$1"))
                .containsExactly("purchase", "view", "click", "purchase", "view", "click");
    }

    @Test
    void timestampsAdvanceByTheRate() {
        assertThat(times(4)).containsExactly("00:00:00.000", "00:00:00.250", "00:00:00.500", "00:00:00.750", "00:00:01.000");
        assertThat(times(2000)).containsExactly("00:00:00.000", "00:00:00.000", "00:00:00.001", "00:00:00.001",
                "00:00:00.002");
    }

    private static List<String> times(double recordsPerSecond) {
        return encoded(new PatternSource(1, 5, recordsPerSecond).next(0, 5, null)).stream()
                .map(record -> record.replaceAll(".*2026-01-01T([0-9:.]+)Z.*", "$1")).toList();
    }

    @Test
    void numbersRecordsBeyondTwelveDigits() {
        assertThat(records(1, 1_000_000_000_000L, 1).get(0)).startsWith("{\"id\":\"evt-1000000000000\",");
        assertThat(records(1, 999_999_999_999L, 1).get(0)).startsWith("{\"id\":\"evt-999999999999\",");
    }

    private static List<Long> shares(List<String> records, String field) {
        String start = "\"" + field + "\":\"";
        return List.copyOf(records.stream().map(record -> record.substring(record.indexOf(start) + start.length()))
                .map(rest -> rest.substring(0, rest.indexOf('"')))
                .collect(Collectors.groupingBy(value -> value, Collectors.counting())).values());
    }

    private static List<String> records(long seed, long position, int count) {
        return encoded(new PatternSource(seed, count).next(position, count, null));
    }

    private static List<String> encoded(RecordBatch batch) {
        EncodedRecords json = EncodedRecords.create();
        new JsonEncoder().encode(batch, null, json);
        List<String> records = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            records.add(new String(json.copy(i), StandardCharsets.UTF_8));
        }
        return records;
    }
}
