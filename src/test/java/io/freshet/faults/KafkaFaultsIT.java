package io.freshet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/**
 * What becomes of records when Kafka, the network or Freshet itself fails; short, and with the process that is shipped. At
 * full length: {@link KafkaFaultsReport}.
 */
class KafkaFaultsIT {

    private static final int PER_SECOND = 1_000;
    /** Each transaction takes several round trips, so slow ones take fewer records. */
    private static final int FEW = 200;

    @Test
    void aKilledBrokerAndANetworkThatFailsCostNoRecord() {
        try (FaultRun run = new FaultRun()) {
            run.begin(PER_SECOND);
            run.broker.kill();
            run.watch(Duration.ofSeconds(8));
            run.broker.start();
            run.awaitProgress(PER_SECOND);
            assertThat(run.breakerOpened()).as("a breaker opened").isTrue();
            assertThat(run.alertRaised()).as("an alert was raised").isTrue();

            run.proxy.silent(true);
            run.watch(Duration.ofSeconds(3));
            run.proxy.silent(false);
            run.awaitProgress(PER_SECOND);
            for (int i = 0; i < 6; i++) {
                run.proxy.reset();
                run.watch(Duration.ofMillis(500));
            }
            // a round trip is 200 ms longer
            run.proxy.delay(Duration.ofMillis(100));
            run.awaitProgress(FEW);
            run.proxy.delay(Duration.ZERO);
            run.awaitProgress(PER_SECOND);
            run.awaitCalm();

            FaultRun.Outcome outcome = run.end();
            assertThat(run.addsUp()).as("accounting").isTrue();
            assertThat(outcome.nothingLost()).as("%s", outcome).isTrue();
            assertThat(outcome.nothingRepeatedWhereOnce()).as("%s", outcome).isTrue();
        }
    }

    @Test
    void topicsThatAreDeletedDuringAnOutageAreMadeAnewAndTheStreamsGoOn() {
        try (FaultRun run = new FaultRun()) {
            run.begin(PER_SECOND);
            run.proxy.silent(true);
            run.proxy.reset();
            run.deleteTopics();
            run.watch(Duration.ofSeconds(4));
            run.proxy.silent(false);
            run.awaitProgress(PER_SECOND);
            run.awaitCalm();

            FaultRun.Outcome outcome = run.end();
            assertThat(run.addsUp()).as("accounting").isTrue();
            assertThat(outcome.nothingLostSince()).as("%s", outcome).isTrue();
            assertThat(outcome.nothingRepeatedWhereOnce()).as("%s", outcome).isTrue();
        }
    }

    @Test
    void freshetMayBeKilledAndToldToEnd() {
        try (FaultRun run = new FaultRun()) {
            run.begin(PER_SECOND);
            for (int i = 0; i < 2; i++) {
                run.freshet.kill();
                run.freshet.start();
                run.awaitProgress(PER_SECOND);
            }
            // a round trip is 200 ms longer
            run.proxy.delay(Duration.ofMillis(100));
            run.awaitProgress(FEW);
            Tally before = Tally.of(run.broker.direct(), "least");
            run.freshet.terminate();
            Tally drained = Tally.of(run.broker.direct(), "least");
            run.proxy.delay(Duration.ZERO);
            run.freshet.start();
            run.awaitProgress(PER_SECOND);
            FaultRun.Outcome outcome = run.end();

            assertThat(drained.first()).as("what was on its way was delivered").isEqualTo(drained.distinct())
                    .isGreaterThan(before.distinct());
            assertThat(outcome.least().repeated()).as("what was drained does not come again")
                    .isEqualTo(drained.repeated());
            assertThat(outcome.nothingLost()).as("%s", outcome).isTrue();
            assertThat(outcome.nothingRepeatedWhereOnce()).as("%s", outcome).isTrue();
        }
    }
}
