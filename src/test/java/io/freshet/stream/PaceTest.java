package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

/** On virtual time. */
class PaceTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void aThousandASecondIsHeldAndSmooth() throws IOException {
        Run run = new Run("{\"recordsPerSecond\":1000}");
        run.until(60 * SECOND, 1_000);
        assertThat(run.records / 60.0).isCloseTo(1000, within(1.0));
        assertThat(run.mostAtOnce).isLessThanOrEqualTo(10);
        assertThat(run.asked).isLessThan(20_000);
    }

    @Test
    void slowPacesAreHeldToo() throws IOException {
        Run run = new Run("{\"recordsPerSecond\":0.5}");
        run.until(60 * SECOND, 1_000);
        assertThat(run.records).isEqualTo(30);
    }

    @Test
    void burstsComeEveryInterval() throws IOException {
        Run run = new Run("{\"burst\":{\"every\":\"500ms\",\"records\":100}}");
        run.until(10 * SECOND - 1, 1_000);
        assertThat(run.records).isEqualTo(2_000);
        assertThat(run.mostAtOnce).isEqualTo(100);
    }

    @Test
    void aDelayLiesBetweenBatches() throws IOException {
        Run run = new Run("{\"batchSize\":10,\"delayBetweenBatches\":\"1s\"}");
        run.until(10 * SECOND - 1, 10);
        assertThat(run.records).isEqualTo(100);
    }

    @Test
    void aLongHaltIsNotCaughtUpInOneGo() throws IOException {
        Run run = new Run("{\"recordsPerSecond\":1000}");
        run.until(SECOND, 1_000);
        run.now += 3600 * SECOND;
        long before = run.records;
        run.until(run.now + SECOND, 1_000);
        assertThat(run.records - before).isLessThan(4_000);
    }

    /** A stream that takes whatever is due and waits as it is told. */
    private static final class Run {
        private final PaceDefinition definition;
        private final Pace pace;
        private long now = 12345;
        private final long begun = now;
        private long records;
        private int mostAtOnce;
        private long asked;

        Run(String json) throws IOException {
            definition = PaceDefinition.parse(Optional.of(new DefinitionNode("pace", new ObjectMapper().readTree(json))));
            pace = Pace.starting(definition, now);
        }

        void until(long end, int wanted) {
            while (now - begun < end) {
                asked++;
                int due = pace.due(now, wanted);
                if (due > 0) {
                    records += due;
                    mostAtOnce = Math.max(mostAtOnce, due);
                    pace.release(now, due, records % definition.batchSize() == 0);
                } else {
                    now += pace.waitNanos(now, wanted);
                }
            }
        }
    }
}
