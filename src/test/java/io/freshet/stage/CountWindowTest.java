package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.freshet.event.FieldPath;

class CountWindowTest {

    private static CountWindow window(int size, int slide, int maxKeys) {
        Aggregation sum = new Aggregation(
                List.of(new Aggregation.Field("v", FieldPath.of("v"), List.of(Measure.find("sum").orElseThrow()))));
        return new CountWindow(new WindowSettings("c", FieldPath.of("k"), sum, maxKeys, null), size, slide);
    }

    @Test
    void countersOutliveARestart() {
        CountWindow before = window(10, 10, 100);
        Stages.chain(before).process(List.of(Stages.record(0, "{'v': 'text'}")), 0);

        CountWindow after = window(10, 10, 100);
        after.restore(before.state());

        assertThat(after.counts()).containsEntry("without_key", 1L).containsEntry("not_numbers", 1L).containsEntry("keys", 1L);
    }

    @ParameterizedTest
    @CsvSource({ "1,1", "10,10", "10,2", "12,4", "50,1" })
    void windowsAreThoseOfListsAcrossARestart(int size, int slide) {
        Random random = new Random(size);
        Map<String, List<Long>> lists = new HashMap<>();
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        StagePipeline chain = Stages.chain(window(size, slide, 100));
        for (int i = 0; i < 2000; i++) {
            String key = "k" + random.nextInt(5);
            List<Long> list = lists.computeIfAbsent(key, k -> new ArrayList<>());
            list.add((long) random.nextInt(1000));
            if (list.size() >= size && (list.size() - size) % slide == 0) {
                expected.add(key + list.subList(list.size() - size, list.size()).stream().mapToLong(each -> each).sum());
            }
            chain.process(List.of(Stages.record(i, "{'k': '" + key + "', 'v': " + list.get(list.size() - 1) + "}")), 0)
                    .records()
                    .forEach(result -> actual.add(result.key() + (long) sum(result)));
            if (i % 333 == 0) {
                byte[] state = chain.state();
                chain = Stages.chain(window(size, slide, 100));
                chain.restore(state);
            }
        }

        assertThat(actual).isNotEmpty().isEqualTo(expected);
    }

    private static double sum(StageRecord result) {
        return result.fields().get("v") instanceof Map<?, ?> measures && measures.get("sum") instanceof Double sum ? sum : -1;
    }

    @Test
    void theKeySeenLongestAgoIsForgotten() {
        CountWindow window = window(2, 2, 2);
        StagePipeline chain = Stages.chain(window);
        for (String key : List.of("a", "b", "a", "b", "a", "c")) {
            chain.process(List.of(Stages.record(0, "{'k': '" + key + "', 'v': 1}")), 0);
        }

        assertThat(window.open("b")).isEmpty();
        assertThat(window.open("a")).singleElement().satisfies(open -> assertThat(open.count()).isEqualTo(1));
        assertThat(window.counts()).containsEntry("keys", 2L).containsEntry("keys_forgotten", 1L).containsEntry("results", 2L);
    }
}
