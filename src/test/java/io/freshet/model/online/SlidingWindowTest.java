package io.freshet.model.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.freshet.model.ConditionException;
import io.freshet.model.ConditionParser;
import io.freshet.model.Influence;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

@Timeout(60)
class SlidingWindowTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    /** Rows of one colour, with consecutive numbers. */
    private static TableSample rows(int count, String colour, int from) {
        String csv = "colour,size\n" + IntStream.range(0, count).mapToObj(i -> colour + "," + (from + i % 7))
                .collect(Collectors.joining("\n"));
        try {
            return TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                    ReadOptions.defaults().withOverrides(Map.of("colour", "categorical", "size", "integer")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SynthesisModel fitted() {
        return ModelFitter.fit(rows(1_000, "grey", 0), SynthesisMethod.GAUSSIAN_COPULA);
    }

    private static SynthesisModel learn(SynthesisModel model, TableSample rows, Influence influence, long minute) {
        return OnlineLearning.learn(model, rows, influence, BEGIN, BEGIN.plus(Duration.ofMinutes(minute))).model();
    }

    private static double share(SynthesisModel model, String colour) {
        try {
            return model.probability(ConditionParser.parse(Map.of("colour", colour)));
        } catch (ConditionException e) {
            return 0;
        }
    }

    @Test
    void theLastRowsCountEqually() {
        Influence window = new Influence.LastRows(1_500);
        SynthesisModel model = learn(fitted(), rows(600, "red", 100), window, 1);
        assertThat(share(model, "grey")).isCloseTo(.6, within(1e-9));
        assertThat(model.fittedRows()).isEqualTo(1_500);

        model = learn(model, rows(700, "blue", 200), window, 2);
        assertThat(share(model, "grey")).isCloseTo(200 / 1_500.0, within(1e-9));
        assertThat(share(model, "red")).isCloseTo(600 / 1_500.0, within(1e-9));

        model = learn(model, rows(400, "red", 100), window, 3);
        assertThat(share(model, "grey")).isZero();
        assertThat(share(model, "red")).isCloseTo(800 / 1_500.0, within(1e-9));
        assertThat(model.probability(ConditionParser.parse(Map.of("size", Map.of("gte", 200)))))
                .isCloseTo(700 / 1_500.0, within(1e-9));
        SynthesisModel last = model;
        assertThatThrownBy(() -> last.probability(ConditionParser.parse(Map.of("size", Map.of("lt", 100)))))
                .isInstanceOf(ConditionException.class);
    }

    @Test
    void moreRowsThanTheWindowHoldsReplaceEverything() {
        SynthesisModel model = learn(fitted(), rows(500, "red", 100), new Influence.LastRows(300), 1);

        assertThat(share(model, "red")).isCloseTo(1, within(1e-9));
        assertThat(model.fittedRows()).isEqualTo(300);
    }

    @Test
    void aWindowThatIsNotFullYetHoldsAll() {
        SynthesisModel model = learn(fitted(), rows(1_000, "red", 100), new Influence.LastRows(10_000), 1);

        assertThat(share(model, "red")).isCloseTo(.5, within(1e-9));
        assertThat(model.fittedRows()).isEqualTo(2_000);
    }

    @Test
    void rowsOlderThanTheWindowAreForgotten() {
        Influence window = new Influence.LastTime(Duration.ofMinutes(10));
        SynthesisModel model = learn(fitted(), rows(500, "red", 100), window, 5);
        assertThat(share(model, "grey")).isCloseTo(1_000 / 1_500.0, within(1e-9));

        model = learn(model, rows(500, "blue", 200), window, 11);
        assertThat(share(model, "grey")).isZero();
        assertThat(share(model, "red")).isCloseTo(.5, within(1e-9));

        model = learn(model, rows(100, "green", 200), window, 40);
        assertThat(share(model, "green")).isCloseTo(1, within(1e-9));
        assertThat(model.fittedRows()).isEqualTo(100);
    }

    @Test
    void theNumberOfPanesIsLimitedForAnyNumberOfUpdates() {
        SynthesisModel byRows = fitted();
        SynthesisModel byTime = fitted();
        SynthesisModel byWeight = fitted();
        for (int i = 1; i <= 150; i++) {
            TableSample some = rows(20, i % 3 == 0 ? "red" : "blue", i);
            byRows = learn(byRows, some, new Influence.LastRows(960), i);
            byTime = learn(byTime, some, new Influence.LastTime(Duration.ofMinutes(48)), i);
            byWeight = learn(byWeight, some, new Influence.Weight(.05), i);
            assertThat(panes(byRows)).isLessThan(34);
            assertThat(panes(byTime)).isLessThan(34);
            assertThat(panes(byWeight)).isLessThan(9);
        }
        // the oldest pane represents up to three updates, part of which is outside the window
        assertThat(share(byRows, "red")).isCloseTo(1 / 3.0, within(.02));
        assertThat(share(byTime, "red")).isCloseTo(1 / 3.0, within(.02));
        assertThat(byTime.fittedRows()).isBetween(47L * 20, 49L * 20);
        assertThat(share(byRows, "grey") + share(byTime, "grey")).isZero();
    }

    private static int panes(SynthesisModel model) {
        return ((Panes) ((GaussianCopula) model).history()).list().size();
    }

    @Test
    void windowsAndWeightsMayAlternate() {
        SynthesisModel model = learn(fitted(), rows(1_000, "red", 100), new Influence.Weight(.1), 1);
        assertThat(share(model, "red")).isCloseTo(.1, within(1e-9));

        model = learn(model, rows(500, "blue", 100), new Influence.LastRows(2_000), 2);
        assertThat(share(model, "red")).isCloseTo(.5, within(1e-9));
        assertThat(share(model, "grey")).isCloseTo(.25, within(1e-9));

        model = learn(model, rows(10, "blue", 100), new Influence.Weight(.5), 3);
        assertThat(share(model, "blue")).isCloseTo(.5 + .5 * .25, within(1e-9));
    }

    @Test
    void rejectsEmptyWindows() {
        assertThatThrownBy(() -> new Influence.LastRows(0)).hasMessageContaining("at least one row");
        assertThatThrownBy(() -> new Influence.LastTime(Duration.ZERO)).hasMessageContaining("longer than zero");
        assertThatThrownBy(() -> new Influence.Weight(1.01)).hasMessageContaining("0 to 1");
    }
}
