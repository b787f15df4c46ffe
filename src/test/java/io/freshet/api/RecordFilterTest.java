package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RecordFilterTest {

    private static final String MESSAGE = "{\"stream\":\"a\",\"position\":7,\"records\":[{\"v\":1,\"t\":\"]}, {\"},{\"v\":2,\"n\":{\"x\":[1,2]}},{\"v\":3}]}";

    private static RecordFilter filter(String text) {
        return RecordFilter.of(text).orElseThrow();
    }

    @Test
    void keepsTheMatchingRecordsOfAMessageByteForByte() {
        assertThat(filter("v >= 2").reduce(MESSAGE))
                .contains("{\"stream\":\"a\",\"position\":7,\"records\":[{\"v\":2,\"n\":{\"x\":[1,2]}},{\"v\":3}]}");
        assertThat(filter("v == 1").reduce(MESSAGE))
                .contains("{\"stream\":\"a\",\"position\":7,\"records\":[{\"v\":1,\"t\":\"]}, {\"}]}");
        assertThat(filter("v > 0").reduce(MESSAGE)).contains(MESSAGE);
    }

    @Test
    void leavesOutMessagesWithoutAMatch() {
        assertThat(filter("v > 5").reduce(MESSAGE)).isEmpty();
    }

    @Test
    void passesOnWhatIsNoBatchOfRecords() {
        assertThat(filter("v > 5").reduce("{\"error\":\"none\"}")).contains("{\"error\":\"none\"}");
    }

    @Test
    void countsARecordThatCannotBeComparedAsNoMatch() {
        assertThat(filter("v > 1.5").matches("{\"v\":\"text\"}")).isFalse();
        assertThat(filter("v > 1.5").matches("{}")).isFalse();
        assertThat(filter("v > 1.5").matches("[1]")).isFalse();
        assertThat(filter("v > 1.5").matches("{\"v\":2}")).isTrue();
    }

    @Test
    void refusesWhatIsNoCondition() {
        assertThat(RecordFilter.of(null)).isEmpty();
        assertThat(RecordFilter.of("  ")).isEmpty();
        assertThatThrownBy(() -> RecordFilter.of("v >")).hasMessageContaining("is not a valid expression");
        assertThatThrownBy(() -> RecordFilter.of("'a' + 'b'")).hasMessageContaining("true or false");
        assertThatThrownBy(() -> RecordFilter.ofParameter("v >")).isInstanceOf(ProblemException.class);
    }
}
