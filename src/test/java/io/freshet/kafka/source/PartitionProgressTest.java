package io.freshet.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    private final PartitionProgress progress = new PartitionProgress();
    private long seconds;

    private void answer(Map<Integer, Boolean> reached) {
        answerAfter(1, reached);
    }

    private void answerAfter(long more, Map<Integer, Boolean> reached) {
        seconds += more;
        progress.answered(reached, TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void aPartitionIsPendingUntilTwoAnswersFindItReadToTheEnd() {
        answer(Map.of(0, true, 1, false));
        assertThat(progress.progress().pending()).containsExactlyInAnyOrder(0, 1);

        answer(Map.of(0, true, 1, false));
        assertThat(progress.progress().pending()).containsExactly(1);
    }

    @Test
    void aPartitionWhoseRecordsWaitToBeConsumedIsPending() {
        progress.brought(Set.of(0));
        progress.read(0);
        progress.read(0);
        answer(Map.of(0, true));
        answer(Map.of(0, true));
        answer(Map.of(0, true));
        assertThat(progress.progress().pending()).containsExactly(0);
        assertThat(progress.progress().silentMillis()).isZero();

        progress.taken(0);
        progress.taken(0);
        assertThat(progress.progress().pending()).isEmpty();
    }

    @Test
    void aPartitionThatReturnsMessagesIsPendingAtOnce() {
        answer(Map.of(0, true));
        answer(Map.of(0, true));
        progress.brought(Set.of(0));

        assertThat(progress.progress().pending()).containsExactly(0);
    }

    @Test
    void silenceIsTheTimeBetweenAnswersWithoutMessages() {
        answer(Map.of(0, true));
        answerAfter(20, Map.of(0, true));
        assertThat(progress.progress().silentMillis()).isEqualTo(20_000);

        progress.brought(Set.of(0));
        assertThat(progress.progress().silentMillis()).isZero();
    }

    @Test
    void aSuspendedProcessIsNotSilentIfRecordsArrive() {
        answer(Map.of(0, true, 1, true));
        answer(Map.of(0, true, 1, true));
        answerAfter(20, Map.of(0, true, 1, false));

        assertThat(progress.progress().silentMillis()).isZero();
        assertThat(progress.progress().pending()).containsExactly(1);
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNotSilent() {
        answer(Map.of(0, true));
        answer(Map.of(0, true));
        answer(Map.of(0, false));
        assertThat(progress.progress().silentMillis()).isZero();
    }
}
