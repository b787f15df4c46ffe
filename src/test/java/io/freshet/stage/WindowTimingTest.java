package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class WindowTimingTest {

    @Test
    void windowsThatEndAreThoseThatCountingFinds() {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            long slide = 1 + random.nextInt(7);
            WindowTiming timing = new WindowTiming(slide * (1 + random.nextInt(5)), slide, 0, 0, 0);
            TreeSet<Long> panes = new TreeSet<>();
            random.longs(random.nextInt(6), -60, 60).forEach(moment -> panes.add(timing.lastStart(moment)));
            long after = random.nextInt(-80, 80);
            long until = after + random.nextInt(60);

            List<Long> found = timing.endingBetween(after, until, panes);

            assertThat(found).isEqualTo(LongStream.range(-200, 200)
                    .filter(start -> Math.floorMod(start, timing.slide()) == 0)
                    .filter(start -> start + timing.size() > after && start + timing.size() <= until)
                    .filter(start -> panes.stream().anyMatch(pane -> pane >= start && pane < start + timing.size())).boxed()
                    .toList());
            assertThat(found.isEmpty() || timing.crossesAnEnd(after, until, 0)).isTrue();
        }
    }

    @Test
    void timeMayBeginAndEnd() {
        WindowTiming timing = new WindowTiming(60, 10, 5, 0, 0);

        assertThat(timing.endingBetween(Long.MIN_VALUE, Long.MAX_VALUE, List.of(0L))).containsExactly(-50L, -40L, -30L, -20L,
                -10L, 0L);
        assertThat(timing.crossesAnEnd(Long.MIN_VALUE, 3, 5)).isTrue();
        assertThat(timing.crossesAnEnd(11, 19, 0)).isFalse();
        assertThat(timing.crossesAnEnd(11, 19, 5)).isTrue();
    }
}
