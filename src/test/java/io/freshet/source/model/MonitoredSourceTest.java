package io.freshet.source.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.freshet.codec.RecordBatch;
import io.freshet.model.Conditions;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.report.ShapeScores;
import io.freshet.table.CodedVector;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

@Timeout(60)
class MonitoredSourceTest {

    private final AtomicLong clock = new AtomicLong(77);
    private final AtomicReference<ModelVersion> newest = new AtomicReference<>(new ModelVersion(1, fitted("red", 50)));

    private static SynthesisModel fitted(String colour, int rows) {
        String csv = "colour,size\n" + (colour + ",1\n").repeat(rows) + "grey,2\n".repeat(100 - rows);
        try {
            return ModelFitter.fit(TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                    TableFormat.CSV, ReadOptions.defaults()), SynthesisMethod.GAUSSIAN_COPULA);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ModelSource plain() {
        return new ModelSource(newest.get(), () -> Optional.of(newest.get()),
                new ModelSource.Settings(5, Conditions.none(), 500, 500));
    }

    private static long rows(MonitoredSource source) {
        return source.shapes().map(ShapeScores::rows).orElse(0L);
    }

    @Test
    void comparesSomeRowsOfEachSecondAndChangesNone() {
        MonitoredSource scored = new MonitoredSource(plain(), 1_200, clock::get);
        ModelSource plain = plain();
        assertThat(scored.shapes()).isEmpty();
        for (int i = 0; i < 20; i++) {
            RecordBatch.Rows batch = (RecordBatch.Rows) scored.next(i * 500L, 500, null);
            RecordBatch.Rows same = (RecordBatch.Rows) plain.next(i * 500L, 500, null);
            assertThat(((CodedVector) batch.rows().vector(0)).codes())
                    .isEqualTo(((CodedVector) same.rows().vector(0)).codes());
        }
        assertThat(rows(scored)).isEqualTo(1_500);

        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        scored.next(10_000, 500, null);

        assertThat(rows(scored)).isEqualTo(2_000);
        assertThat(scored.shapes().orElseThrow().shape()).isGreaterThan(.95);
        assertThat(scored.status()).isEqualTo(plain.status());
        assertThat(scored.schema()).isEqualTo(plain.schema());
    }

    @Test
    void comparesRowsWithTheirVersionOfTheModel() {
        MonitoredSource scored = new MonitoredSource(plain(), 100_000, clock::get);
        scored.next(0, 500, null);
        newest.set(new ModelVersion(2, fitted("blue", 90)));

        scored.next(500, 500, null);

        assertThat(rows(scored)).isEqualTo(500);
        assertThat(scored.shapes().orElseThrow().shape()).isGreaterThan(.95);
    }
}
