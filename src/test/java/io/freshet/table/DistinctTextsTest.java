package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

class DistinctTextsTest {

    @Test
    void countsLikeAMap() {
        DistinctTexts texts = new DistinctTexts();
        Map<String, Integer> codes = new LinkedHashMap<>();
        Map<String, Long> counts = new LinkedHashMap<>();
        Random random = new Random(5);
        FieldText field = new FieldText();
        for (int i = 0; i < 20_000; i++) {
            String text = "ä".repeat(random.nextInt(3)) + random.nextInt(4_000) + (random.nextBoolean() ? "" : "😀");
            field.set(text);
            codes.putIfAbsent(text, codes.size());
            counts.merge(text, 1L, Long::sum);
            assertThat(texts.add(field, i)).isEqualTo(codes.get(text));
        }
        assertThat(texts.size()).isEqualTo(codes.size());
        codes.forEach((text, code) -> {
            assertThat(texts.text(code)).isEqualTo(text);
            assertThat(texts.count(code)).isEqualTo(counts.get(text));
        });
    }

    @Test
    void knowsTheFirstRowAndTheEmptyText() {
        DistinctTexts texts = new DistinctTexts();
        FieldText field = new FieldText();
        field.set("a");
        texts.add(field, 3);
        texts.add(field, 4);
        field.set("");
        assertThat(texts.contains(field)).isFalse();
        texts.add(field, 5);
        assertThat(texts.contains(field)).isTrue();
        assertThat(texts.firstRow(0)).isEqualTo(3);
        assertThat(texts.firstRow(1)).isEqualTo(5);
        assertThat(texts.text(1)).isEmpty();
    }

    @Test
    void halfASurrogatePairBecomesAQuestionMark() {
        FieldText field = new FieldText();
        field.set("a\uD83Db");
        assertThat(field).hasToString("a?b");
    }

    @Test
    void aTextNeedsItsBytesAndAFewDozenMore() {
        DistinctTexts texts = new DistinctTexts();
        FieldText field = new FieldText();
        for (int i = 0; i < 100_000; i++) {
            field.set("merchant-" + i);
            texts.add(field, i);
        }
        assertThat(texts.sizeBytes()).isLessThan(6_000_000);
    }
}
