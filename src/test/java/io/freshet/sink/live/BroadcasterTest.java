package io.freshet.sink.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;

class BroadcasterTest {

    private static final int ROOM = Subscriber.MAX_MESSAGES;

    private final Broadcaster feed = new Broadcaster();
    private boolean publishes;

    @Test
    void bringsAllMessagesToAFollowerWhoKeepsUp() {
        AssertSubscriber<String> follower = follow(SlowConsumerStrategy.DROP_OLDEST, Long.MAX_VALUE);

        publish(500);
        feed.end("s");

        follower.assertCompleted().assertItems(messages(0, 500));
        assertThat(feed.hasSubscribers("s")).isFalse();
    }

    @Test
    void dropsTheOldestMessages() {
        AssertSubscriber<String> follower = follow(SlowConsumerStrategy.DROP_OLDEST, 0);

        publish(1000);
        assertThat(feed.dropped("s")).isEqualTo(1000 - ROOM);
        feed.end("s");

        follower.request(Long.MAX_VALUE).assertCompleted().assertItems(messages(1000 - ROOM, 1000));
    }

    @Test
    void dropsTheNewestMessages() {
        AssertSubscriber<String> follower = follow(SlowConsumerStrategy.DROP_NEWEST, 0);

        publish(1000);
        assertThat(feed.dropped("s")).isEqualTo(1000 - ROOM);
        feed.end("s");

        follower.request(Long.MAX_VALUE).assertCompleted().assertItems(messages(0, ROOM));
    }

    @Test
    void keepsOneInTenWhileTheFollowerLags() {
        AssertSubscriber<String> follower = follow(SlowConsumerStrategy.SAMPLE, 0);

        publish(ROOM + 100);
        feed.end("s");

        List<String> received = follower.request(Long.MAX_VALUE).assertCompleted().getItems();
        assertThat(received).hasSize(ROOM);
        assertThat(received.subList(ROOM - 10, ROOM))
                .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "m" + (ROOM + 9 + 10 * i)).toList());
    }

    @Test
    void closesTheSubscriptionOfWhoIsTooSlow() {
        AssertSubscriber<String> follower = follow(SlowConsumerStrategy.CLOSE, 0);

        publish(1000);

        follower.request(Long.MAX_VALUE).assertCompleted().assertItems(messages(0, ROOM));
    }

    @Test
    void holdsNoMoreCharactersThanItSaysForOneFollower() {
        AssertSubscriber<String> follower = follow(SlowConsumerStrategy.DROP_OLDEST, 0);
        String large = "x".repeat(Subscriber.MAX_CHARACTERS / 3);

        for (int i = 0; i < 10; i++) {
            feed.publish("s", large);
        }
        feed.end("s");

        assertThat(follower.request(Long.MAX_VALUE).assertCompleted().getItems()).hasSize(3);
    }

    @Test
    void givesAMessageLargerThanItsBoundsToWhoWaits() {
        AssertSubscriber<String> follower = follow(SlowConsumerStrategy.DROP_OLDEST, 0);
        String huge = "x".repeat(Subscriber.MAX_CHARACTERS + 1);

        feed.publish("s", huge);
        feed.end("s");

        follower.request(Long.MAX_VALUE).assertCompleted().assertItems(huge);
    }

    @Test
    void aSlowFollowerTakesNothingFromTheOthers() {
        follow(SlowConsumerStrategy.DROP_OLDEST, 0);
        AssertSubscriber<String> quick = follow(SlowConsumerStrategy.DROP_OLDEST, Long.MAX_VALUE);

        publish(300);
        feed.end("s");

        quick.assertCompleted().assertItems(messages(0, 300));
    }

    @Test
    void forgetsAFollowerWhoLeaves() {
        AssertSubscriber<String> follower = follow(SlowConsumerStrategy.DROP_OLDEST, 1);
        assertThat(feed.hasSubscribers("s")).isTrue();

        follower.cancel();

        assertThat(feed.hasSubscribers("s")).isFalse();
    }

    @Test
    void endsAtOnceForAStreamThatDoesNotPublish() {
        feed.subscribe("none", SlowConsumerStrategy.DROP_OLDEST).subscribe()
                .withSubscriber(AssertSubscriber.create(1)).assertCompleted().assertHasNotReceivedAnyItem();
    }

    @Test
    void endsWhenAllPartsOfAStreamHaveEnded() {
        AssertSubscriber<String> follower = follow(SlowConsumerStrategy.DROP_OLDEST, Long.MAX_VALUE);
        feed.begin("s");

        feed.end("s");
        publish(1);
        follower.assertNotTerminated();
        feed.end("s");

        follower.assertCompleted().assertItems("m0");
    }

    private AssertSubscriber<String> follow(SlowConsumerStrategy strategy, long requests) {
        if (!publishes) {
            feed.begin("s");
            publishes = true;
        }
        return feed.subscribe("s", strategy).subscribe().withSubscriber(AssertSubscriber.create(requests));
    }

    private void publish(int count) {
        for (String message : messages(0, count)) {
            feed.publish("s", message);
        }
    }

    private static String[] messages(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toArray(String[]::new);
    }
}
