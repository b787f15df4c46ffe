package io.freshet.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExactlyOnceCoordinatorTest {

    private final OffsetTracker ledger = new OffsetTracker();
    private ExactlyOnceCoordinator.Ended ended = new ExactlyOnceCoordinator.Ended(40, "");
    private boolean away;
    private int commits;
    private int waits;
    private final ExactlyOnceCoordinator transactions = new ExactlyOnceCoordinator("in", ledger);

    @BeforeEach
    void connect() {
        transactions.runBy(new ExactlyOnceCoordinator.Transactions() {
            @Override
            public void awaitEnd() {
                waits++;
            }

            @Override
            public ExactlyOnceCoordinator.Ended begun() {
                if (away) {
                    throw new KafkaException("away");
                }
                return ended;
            }

            @Override
            public void commitRead() {
                commits++;
                transactions.committed(transactions.settled());
            }
        });
    }

    @Test
    void aStreamResumesWhereTheLastTransactionEndedAndConsumesNothingBefore() {
        assertThat(transactions.resumePosition(7)).as("nothing is known yet").isEqualTo(7);
        assertThat(transactions.isHeld()).isTrue();
        transactions.begin();
        assertThat(transactions.isHeld()).as("the stream does not know yet").isTrue();
        assertThat(transactions.resumePosition(7)).isEqualTo(40);
        assertThat(transactions.isHeld()).isFalse();
        transactions.taken(0, 40);
        assertThat(transactions.resumePosition(41)).isEqualTo(41);
    }

    @Test
    void messagesReadBeforeAFailedTransactionAreInvalidAndLaterOnesAreNot() {
        begun();
        transactions.taken(0, 40);
        ledger.add(40, 0, 100);
        assertThat(transactions.isVoid(40)).isFalse();
        transactions.failed(new KafkaException("no answer"));
        assertThat(transactions.isVoid(40)).isTrue();
        assertThat(transactions.isHeld()).isTrue();

        transactions.giveUp(0);
        transactions.rewound(1);
        assertThat(transactions.isHeld()).isFalse();
        assertThat(transactions.isVoid(41)).as("nothing new is read yet").isTrue();
        transactions.taken(1, 41);
        ledger.add(41, 0, 100);
        assertThat(transactions.isVoid(40)).isTrue();
        assertThat(transactions.isVoid(41)).isFalse();
        assertThat(transactions.upTo(42).next())
                .isEqualTo(Map.of(new TopicPartition("in", 0), new OffsetAndMetadata(101)));
    }

    @Test
    void invalidMessagesAreNotCommittedEvenIfProcessed() {
        begun();
        transactions.taken(0, 40);
        ledger.skip(40, 0, 7, 0);
        transactions.failed(new KafkaException("no answer"));
        transactions.settle(41);
        transactions.commitRead();
        assertThat(commits).isZero();
    }

    @Test
    void messagesWithoutRecordsAreCommittedOnceProcessed() {
        begun();
        transactions.taken(0, 40);
        ledger.add(40, 0, 7);
        transactions.commitRead();
        assertThat(commits).isZero();
        transactions.settle(41);
        transactions.commitRead();
        transactions.commitRead();
        assertThat(commits).isEqualTo(1);
    }

    @Test
    void invalidationSucceedsWhileKafkaIsUnavailable() {
        begun();
        transactions.taken(0, 40);
        away = true;
        transactions.giveUp(0);
        assertThat(waits).isEqualTo(1);
        assertThat(transactions.isVoid(40)).isTrue();
        assertThat(transactions.isRewinding()).isTrue();
    }

    @Test
    void theBackOffGrowsEachTimeTheInstanceIsFenced() {
        transactions.failed(new KafkaException("no answer"));
        assertThat(transactions.rest()).as("it had another reason").isZero();
        transactions.failed(new KafkaException(new ProducerFencedException("fenced off")));
        assertThat(transactions.rest()).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        transactions.failed(new KafkaException(new ProducerFencedException("fenced off")));
        assertThat(transactions.rest()).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        for (int more = 0; more < 70; more++) {
            transactions.failed(new KafkaException(new ProducerFencedException("fenced off")));
        }
        assertThat(transactions.rest()).isBetween(Duration.ofMillis(2_000), Duration.ofMillis(4_000));
    }

    @Test
    void savesThePositionFromWhichRowsAreCounted() {
        begun();
        transactions.taken(0, 40);
        transactions.note(5, 30);
        ledger.skip(42, 0, 8, 31);
        assertThat(transactions.upTo(41).note()).isEqualTo("5 30");
        assertThat(transactions.upTo(42).note()).isEqualTo("5 31");
        assertThat(ExactlyOnceCoordinator.noted(new ExactlyOnceCoordinator.Ended(42, "5 31"))).hasValue(new long[] { 5, 31 });
        assertThat(ExactlyOnceCoordinator.noted(ended)).isEmpty();
    }

    private void begun() {
        transactions.begin();
        transactions.resumePosition(0);
    }
}
