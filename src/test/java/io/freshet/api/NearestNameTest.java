package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> KNOWN = List.of("stream", "reason", "id", "conditions", "count", "batch_size");

    @ParameterizedTest
    @CsvSource({ "straem,stream", "condition,conditions", "cuont,count", "batchSize,batch_size", "ID,id", "raeson,reason" })
    void findsTheNameThatWasMeant(String given, String meant) {
        assertThat(NearestName.of(given, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({ "tier", "x", "delimiter", "''" })
    void suggestsNothingForADistantName(String given) {
        assertThat(NearestName.of(given, KNOWN)).isEmpty();
        assertThat(NearestName.question(given, KNOWN)).isEmpty();
    }

    @Test
    void longTextsCostNothing() {
        assertThat(NearestName.of("x".repeat(1_000_000), KNOWN)).isEmpty();
    }
}
