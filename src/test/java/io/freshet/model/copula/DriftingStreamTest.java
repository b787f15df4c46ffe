package io.freshet.model.copula;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.model.DriftingStreamReport;
import io.freshet.model.FitOptions;
import io.freshet.model.Influence;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.online.DriftingStream;
import io.freshet.model.online.OnlineLearning;
import io.freshet.table.TableSample;

/** {@link DriftingStreamReport} at a tenth of its size. */
@Timeout(120)
class DriftingStreamTest {

    private static final DriftingStream STREAM = new DriftingStream(7, 24, 1_000);

    @ParameterizedTest
    @ValueSource(doubles = { .3, .1, .02 })
    void learningByWeightIsAsIfAllRowsHadBeenKept(double weight) throws IOException {
        DriftingStream.Figures figures = STREAM.learnedByWeight(weight);

        // no point of a distribution function represents fewer than five of the 1,000 rows of the first batch
        assertThat(figures.meanDistance()).isLessThan(.003);
        assertThat(figures.mostDistance()).isLessThan(.004);
        assertThat(figures.meanDifference()).isLessThan(.002);
        assertThat(figures.mostDifference()).isLessThan(.005);
    }

    @Test
    void learningInAWindowIsAsIfItsRowsHadBeenKept() throws IOException {
        List<TableSample> batches = new ArrayList<>(List.of(STREAM.batch(0)));
        SynthesisModel model = ModelFitter.fit(batches.get(0), SynthesisMethod.GAUSSIAN_COPULA,
                new FitOptions(false, List.of()));
        List<ColumnModel> first = ((GaussianCopula) model).columns();
        for (int t = 1; t < STREAM.length(); t++) {
            batches.add(STREAM.batch(t));
            model = OnlineLearning.learn(model, batches.get(t), new Influence.LastRows(10_500), Instant.EPOCH, Instant.EPOCH)
                    .model();
        }
        double[] shares = new double[STREAM.length()];
        for (int age = 0; age < 11; age++) {
            shares[STREAM.length() - 1 - age] = age < 10 ? 1 / 10.5 : .5 / 10.5;
        }

        double[] far = DriftingStream.compare(((GaussianCopula) model).strata().get(0),
                DriftingStream.parts(batches, first, shares), first);

        assertThat(far[0]).isLessThan(.0015);
        assertThat(far[1]).isLessThan(.0025);
        assertThat(far[2]).isLessThan(.002);
        assertThat(far[3]).isLessThan(.005);
        assertThat(model.fittedRows()).isEqualTo(10_500);
    }
}
