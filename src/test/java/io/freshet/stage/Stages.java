package io.freshet.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Creates records for stages and collects their output. */
final class Stages {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final long NOW = 1_772_366_400_000L;

    private Stages() {
    }

    static StagePipeline chain(Stage... stages) {
        List<NamedStage> named = new ArrayList<>();
        for (Stage stage : stages) {
            named.add(new NamedStage("stage-" + (named.size() + 1), "test", stage, OnError.DEAD_LETTER));
        }
        return new StagePipeline(named, () -> 0);
    }

    /** Creates a record from JSON with single quotes. */
    static StageRecord record(long position, String json) {
        return StageRecord.of(position, NOW, fields(json));
    }

    static Map<String, @Nullable Object> fields(String json) {
        try {
            return longs(JSON.readValue(json.replace('\'', '"'), new TypeReference<LinkedHashMap<String, Object>>() {
            }));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, @Nullable Object> longs(Map<String, @Nullable Object> fields) {
        fields.replaceAll((name, value) -> value instanceof Integer number ? (Object) number.longValue() : value);
        return fields;
    }

    static List<Map<String, @Nullable Object>> fields(Processed processed) {
        return processed.records().stream().map(StageRecord::fields).toList();
    }
}
