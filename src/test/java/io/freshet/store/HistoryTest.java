package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.freshet.codec.EncodedRecords;

class HistoryTest {

    private record Settings(Optional<Path> folder, boolean mongodb, boolean redis, int recentRecords) implements StoreConfig {
    }

    private static History history(int max) {
        return new History(new Settings(Optional.empty(), false, false, max));
    }

    private static EncodedRecords records(String... lines) {
        EncodedRecords records = EncodedRecords.create();
        records.clear(lines.length);
        for (String line : lines) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, records.reserve(0, bytes.length), records.used(), bytes.length);
            records.append(bytes.length);
        }
        return records;
    }

    @Test
    void noRecentRecordsMeansOff() {
        History history = history(0);

        history.add("s", 0, records("{}"), record -> 5);

        assertThat(history.recent("s", 10)).isEmpty();
        assertThat(history.read("s", Instant.EPOCH, Instant.MAX, 0, 10)).isEmpty();
    }

    @Test
    void aNegativeNumberIsRefusedByItsName() {
        assertThatThrownBy(() -> history(-1)).hasMessageContaining("freshet.store.recent-records must be at least 0");
    }

    @Test
    void recordsAreFoundByTheirOwnTimes() {
        History history = history(100);
        history.add("s", 7, records("{\"a\":1}", "{\"a\":2}", "{\"a\":3}"), record -> 3000 - 1000L * record);

        assertThat(history.read("s", Instant.ofEpochSecond(2), Instant.ofEpochSecond(4), 0, 10)).containsExactly(
                "{\"position\":8,\"time\":\"1970-01-01T00:00:02Z\",\"record\":{\"a\":2}}",
                "{\"position\":7,\"time\":\"1970-01-01T00:00:03Z\",\"record\":{\"a\":1}}");
        assertThat(history.read("s", Instant.EPOCH, Instant.ofEpochSecond(9), 1, 1)).singleElement().asString()
                .contains("\"position\":8");
        assertThat(history.delete("s", Instant.ofEpochSecond(3))).isZero();
        assertThat(history.delete("s", Instant.ofEpochSecond(4))).isEqualTo(3);
    }
}
