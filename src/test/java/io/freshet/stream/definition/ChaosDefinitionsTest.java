package io.freshet.stream.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.freshet.source.chaos.ChaosSettings;
import io.freshet.stream.Definitions;

class ChaosDefinitionsTest {

    private static StreamDefinition parse(String chaosAndPace) {
        return StreamDefinition.parse(Definitions.yaml(
                "{name: a, source: {pattern: {}}, sinks: [websocket: {}], " + chaosAndPace + "}"));
    }

    @Test
    void phasesHaveAFactorEach() {
        ChaosSettings chaos = parse("chaos: {drop: 0.1}, pace: {phases: [{records: 500}, {recordsPerSecond: 20, duration: 10s,"
                + " chaos: 5}, {recordsPerSecond: 1, chaos: 0}]}").chaos().orElseThrow();

        assertThat(chaos.phases()).extracting(ChaosSettings.Phase::factor).containsExactly(1.0, 5.0, 0.0);
        assertThat(chaos.phases()).extracting(ChaosSettings.Phase::records).startsWith(500L, 200L);
    }

    @Test
    void withoutAFactorThereAreNoPhases() {
        assertThat(parse("chaos: {drop: 0.1}, pace: {phases: [{records: 500}, {recordsPerSecond: 1}]}").chaos().orElseThrow()
                .phases()).isEmpty();
    }

    @Test
    void aPhaseOfAnUnknownNumberOfRecordsMayHaveTheSameFactorAsThoseAfterIt() {
        assertThat(
                parse("chaos: {drop: 0.1}, pace: {phases: [{records: 500, chaos: 0}, {recordsPerSecond: 1, until: \"12:00\"},"
                        + " {recordsPerSecond: 2}]}").chaos().orElseThrow().phases())
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pace: {phases: [{records: 5, chaos: 2}]}                                     | pace.phases[0].chaos | has none
            chaos: {drop: 0.3}, pace: {phases: [{records: 5}, {records: 5, chaos: 4}]}   | pace.phases[1].chaos | 0 to 3.0
            chaos: {drop: 0.3}, pace: {phases: [{records: 5, chaos: -1}]}                | pace.phases[0].chaos | 0.0 to 1000.0
            chaos: {drop: 0.3}, pace: {phases: [{records: 5, chaos: many}]}              | pace.phases[0].chaos | number
            chaos: {drop: 0.3}, pace: {phases: [{duration: 5s}, {chaos: 2}]}             | pace.phases[0]       | known record
            chaos: {drop: 0.3}, pace: {phases: [{recordsPerSecond: 5, until: "12:00"}, {chaos: 2}]} | pace.phases[0] | known record
            """)
    void wrongFactorsAreRejectedWithTheirFieldAndRange(String yaml, String field, String detail) {
        assertThatThrownBy(() -> parse(yaml)).isInstanceOfSatisfying(DefinitionException.class,
                thrown -> assertThat(thrown.path()).isEqualTo(field)).hasMessageContaining(detail);
    }
}
