package io.freshet.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.dev.LocalBroker;

/** The division of slots, with a real broker. */
class SlotGroupTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SLOTS = 12;

    @TempDir
    static Path folder;

    private static LocalBroker broker;

    /** A member of the group, which never holds a slot that another one holds. */
    private static final class Member implements SlotGroup.Holder {
        private final Map<Integer, Member> owners;
        private final Set<Integer> held = ConcurrentHashMap.newKeySet();
        private final Set<Integer> conflicts;
        private final SlotGroup group;

        Member(Map<Integer, Member> owners, Set<Integer> conflicts, String protocol, Optional<String> name) {
            this.owners = owners;
            this.conflicts = conflicts;
            this.group = group(broker.bootstrapServers(), "members-" + protocol + name.isPresent(), Duration.ofSeconds(20),
                    name,
                    protocol);
        }

        /** A member that is alone in its group. */
        Member(String servers, String protocol, Duration takeOverAfter) {
            this.owners = new ConcurrentHashMap<>();
            this.conflicts = ConcurrentHashMap.newKeySet();
            this.group = group(servers, "alone-" + protocol, takeOverAfter, Optional.empty(), protocol);
        }

        private SlotGroup group(String servers, String name, Duration takeOverAfter, Optional<String> instance,
                String protocol) {
            SlotGroup started = new SlotGroup(Map.of("bootstrap.servers", servers),
                    new SlotGroup.Settings("slots", name, SLOTS, takeOverAfter, instance, protocol), this);
            started.start();
            return started;
        }

        @Override
        public void gained(Set<Integer> slots) {
            slots.forEach(slot -> {
                if (owners.putIfAbsent(slot, this) != null) {
                    conflicts.add(slot);
                }
            });
            held.addAll(slots);
        }

        @Override
        public void givingUp(Set<Integer> slots) {
            held.removeAll(slots);
            slots.forEach(slot -> owners.remove(slot, this));
        }

        @Override
        public void lost(Set<Integer> slots) {
            givingUp(slots);
        }
    }

    @BeforeAll
    static void startBroker() {
        broker = LocalBroker.start(0, folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "classic", "consumer" })
    void slotsMoveAtOnceWhenAMemberLeavesAndNoneHasTwoOwners(String protocol) {
        Map<Integer, Member> owners = new ConcurrentHashMap<>();
        Set<Integer> conflicts = ConcurrentHashMap.newKeySet();
        Member one = new Member(owners, conflicts, protocol, Optional.empty());
        await().atMost(PATIENCE).until(() -> one.held.size() == SLOTS);
        Member other = new Member(owners, conflicts, protocol, Optional.empty());
        await().atMost(PATIENCE).until(() -> one.held.size() == SLOTS / 2 && other.held.size() == SLOTS / 2);

        one.group.close();
        await().atMost(Duration.ofSeconds(15)).until(() -> other.held.size() == SLOTS);

        other.group.close();
        assertThat(conflicts).isEmpty();
    }

    @Test
    void aNamedMemberThatReturnsSoonKeepsItsSlots() {
        Map<Integer, Member> owners = new ConcurrentHashMap<>();
        Set<Integer> conflicts = ConcurrentHashMap.newKeySet();
        Member one = new Member(owners, conflicts, "classic", Optional.of("one"));
        Member other = new Member(owners, conflicts, "classic", Optional.of("other"));
        await().atMost(PATIENCE).until(() -> one.held.size() == SLOTS / 2 && other.held.size() == SLOTS / 2);
        Set<Integer> before = Set.copyOf(other.held);
        Set<Integer> own = Set.copyOf(one.held);

        one.group.close();
        Member again = new Member(owners, conflicts, "classic", Optional.of("one"));
        await().atMost(PATIENCE).until(() -> again.held.equals(own));

        assertThat(other.held).isEqualTo(before);
        again.group.close();
        other.group.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "classic", "consumer" })
    void aMemberKnowsWhetherTheGroupHearsOfIt(String protocol, @TempDir Path files) {
        LocalBroker first = LocalBroker.start(0, files);
        Member member = new Member(first.bootstrapServers(), protocol, Duration.ofSeconds(6));
        try {
            await().atMost(PATIENCE).until(() -> member.held.size() == SLOTS && member.group.isInContact());

            first.close();
            await().atMost(PATIENCE).until(() -> !member.group.isInContact());

            try (LocalBroker again = LocalBroker.start(first.port(), files)) {
                await().atMost(PATIENCE).until(member.group::isInContact);
            }
        } finally {
            member.group.close();
        }
    }

    @Test
    void partsSpreadOverTheSlotsHoweverInstancesDivideThem() {
        for (int slots : new int[] { 12, 60, 61, 100 }) {
            int step = SlotGroup.step(slots);
            for (int parts : new int[] { 4, 8, 12 }) {
                int[] taken = IntStream.range(0, parts).map(part -> part * step % slots).toArray();
                assertThat(IntStream.of(taken).distinct().count()).isEqualTo(parts);
                assertThat(IntStream.of(taken).filter(slot -> slot < slots / 2).count()).as("of %d, first half", slots)
                        .isBetween(parts / 2L - 1, parts / 2L + 1);
                assertThat(IntStream.of(taken).filter(slot -> slot % 2 == 0).count()).as("of %d, every second", slots)
                        .isBetween(parts / 2L - 1, parts / 2L + 1);
            }
        }
    }
}
