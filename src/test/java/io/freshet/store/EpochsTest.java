package io.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class EpochsTest {

    @Test
    void neverReturnsAnEpochTwice() {
        List<Long> epochs = LongStream.range(0, 10_000).parallel().map(i -> Epochs.after(0)).boxed().toList();

        assertThat(epochs).doesNotHaveDuplicates();
    }

    @Test
    void exceedsTheEpochBeforeAlsoIfItsClockWasAhead() {
        long ahead = Epochs.after(0) + 1_000_000_000L;

        assertThat(Epochs.after(ahead)).isEqualTo(ahead + 1);
    }
}
