package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.event.Event;

class EventsTest {

    private static final BatchMetadata METADATA = new BatchMetadata(Instant.parse("2026-01-02T03:04:05Z"), 7);

    private final SplittableRandom random = new SplittableRandom(3);

    private static RecordBatch batch(Map<String, Object> fields) {
        return new RecordBatch.Events(List.of(new Event(Instant.EPOCH, "own", fields)));
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> Written.text(random, 40);
            case 1 -> random.nextLong() >> random.nextInt(64);
            case 2 -> random.nextBoolean();
            case 3 -> random.nextInt(1_000_000) / 1000.0;
            case 4 -> new BigDecimal(random.nextLong()).movePointLeft(random.nextInt(30));
            case 5 -> Arrays.asList(value(depth + 1), null, value(depth + 1));
            default -> object(depth + 1);
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = fields("null", null);
        for (int i = random.nextInt(6); i > 0; i--) {
            object.put(Written.text(random, 10), value(depth));
        }
        return object;
    }

    @Test
    void isReadBackLikeWhatJacksonWrites() throws JsonProcessingException {
        ObjectMapper jackson = new ObjectMapper();
        for (int i = 0; i < 2_000; i++) {
            Map<String, Object> fields = object(0);
            assertThat(Written.json(batch(fields), null)).containsExactly(Written.tree(jackson.writeValueAsString(fields)));
        }
    }

    @Test
    void eachEventIsARecord() {
        RecordBatch events = new RecordBatch.Events(List.of(new Event(Instant.EPOCH, null, fields("a", 1L)),
                new Event(Instant.EPOCH, null, fields()), new Event(Instant.EPOCH, null, fields("text", "x".repeat(100_000)))));
        List<JsonNode> json = Written.json(events, null);
        assertThat(json).hasSize(3);
        assertThat(json.get(1)).isEmpty();
        assertThat(json.get(2).get("text").textValue()).hasSize(100_000);
    }

    @Test
    void loneSurrogatesInNamesAndTextsBecomeQuestionMarks() {
        assertThat(Written.json(batch(fields("a\uD83D", "\uDC26b", "ok", "🐦")), null))
                .containsExactly(Written.tree("{\"a?\":\"?b\",\"ok\":\"🐦\"}"));
    }

    @Test
    void whatJsonCannotSayIsNullAndOtherKindsAreTheirText() {
        assertThat(Written.json(batch(fields("nan", Double.NaN, "huge", Double.NEGATIVE_INFINITY, "float", Float.NaN, "time",
                Instant.EPOCH, "int", 3)), null))
                .containsExactly(Written.tree(
                        "{\"nan\":null,\"huge\":null,\"float\":null,\"time\":\"1970-01-01T00:00:00Z\",\"int\":3}"));
    }

    @Test
    void metadataTakesThePlaceOfFieldsOfItsName() {
        JsonNode json = Written.json(batch(fields("_batch_id", "mine", "a", 1L, "b", fields("_batch_id", "inner"))), METADATA)
                .get(0);
        assertThat(json).isEqualTo(Written.tree("{\"a\":1,\"b\":{\"_batch_id\":\"inner\"},"
                + "\"_generated_at\":\"2026-01-02T03:04:05Z\",\"_batch_id\":\"batch-000007\"}"));
        assertThat(Written.json(batch(fields()), METADATA).get(0)).hasSize(2);
    }

    @Test
    void theKeyIsTheFieldElseTheEventsOwnAndAMissingValueIsNoKey() {
        KeyEncoder keys = new KeyEncoder("k");
        assertThat(keys.key(batch(fields("k", "v")), 0)).isEqualTo("v".getBytes(StandardCharsets.UTF_8));
        assertThat(keys.key(batch(fields("k", 1e21)), 0)).isEqualTo("1.0E21".getBytes(StandardCharsets.UTF_8));
        assertThat(keys.key(batch(fields("k", null)), 0)).isNull();
        assertThat(keys.key(batch(fields("other", null)), 0)).isEqualTo("own".getBytes(StandardCharsets.UTF_8));
    }
}
