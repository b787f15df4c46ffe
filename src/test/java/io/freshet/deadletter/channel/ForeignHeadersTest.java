package io.freshet.deadletter.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

import io.freshet.event.Headers;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.FailureCode;

/** The headers of dead letters that other software reads. */
class ForeignHeadersTest {

    @Test
    void aMessageThatCannotBeReadNamesWhereItWas() {
        DeadLetter letter = letter(new DeadLetter.Address("in", 4711, "kafka-source-3", DeadLetter.KAFKA, "orders"),
                FailureCode.MALFORMED, Headers.NONE);

        assertThat(ForeignHeaders.smallRye(letter)).containsExactly(entry("dead-letter-reason", "not JSON"),
                entry("dead-letter-cause", "malformed"), entry("dead-letter-topic", "orders"),
                entry("dead-letter-partition", "3"), entry("dead-letter-offset", "4711"));
        assertThat(ForeignHeaders.connect(letter)).containsEntry("__connect.errors.topic", "orders")
                .containsEntry("__connect.errors.partition", "3").containsEntry("__connect.errors.offset", "4711")
                .containsEntry("__connect.errors.connector.name", "in")
                .containsEntry("__connect.errors.stage", "VALUE_CONVERTER")
                .containsEntry("__connect.errors.exception.message", "not JSON");
    }

    @Test
    void aRecordThatASinkRejectsNamesTheMessageItCameFrom() {
        Headers id = Headers.of(List.of(new Headers.Header("freshet-id", "s/run/7-12".getBytes(StandardCharsets.UTF_8))));
        DeadLetter.Address address = new DeadLetter.Address("s", 5, "kafka", DeadLetter.KAFKA, "out");

        assertThat(ForeignHeaders.smallRye(letter(address, FailureCode.TOO_LARGE, id)))
                .containsEntry("dead-letter-topic", "out").containsEntry("dead-letter-partition", "7")
                .containsEntry("dead-letter-offset", "12");
        assertThat(ForeignHeaders.smallRye(letter(address, FailureCode.TOO_LARGE, Headers.NONE)))
                .doesNotContainKeys("dead-letter-partition", "dead-letter-offset");
    }

    @Test
    void theHeadersOfKafkaConnectAreThereOnRequestOnly() {
        DeadLetter letter = letter(new DeadLetter.Address("s", 5, "check", DeadLetter.STAGE, ""),
                FailureCode.REJECTED_BY_STAGE, Headers.NONE);

        assertThat(new DeadLetterMessage(false).headers(letter)).extracting(Header::key)
                .contains("dead-letter-reason").noneMatch(name -> name.startsWith("__connect"));
        assertThat(new DeadLetterMessage(true).headers(letter)).extracting(Header::key)
                .contains("dead-letter-reason", "__connect.errors.stage").doesNotContain("__connect.errors.topic");
    }

    private static DeadLetter letter(DeadLetter.Address address, FailureCode code, Headers headers) {
        return new DeadLetter(address, new DeadLetter.Cause(code, "not JSON", 1, Instant.EPOCH),
                new DeadLetter.Content(null, new byte[] { 1 }, headers, OptionalLong.empty()));
    }
}
