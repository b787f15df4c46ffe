package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.freshet.model.fit.FitNotices;
import io.freshet.model.fit.ModelFitter;
import io.freshet.table.Notice;
import io.freshet.table.TableSample;

/** The choice of the method auto. */
class MethodChoiceTest {

    private static FittedModel fit(TableSample table, String... constraints) {
        return ModelFitter.fitted(table, SynthesisMethod.AUTO,
                new FitOptions(true, List.of(constraints).stream().map(Constraint::parse).toList()));
    }

    /** Numbers that depend on a category whose values have no natural order, which a copula cannot represent. */
    private static List<String> waves(int rows) {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double x = random.nextDouble() * 12;
            lines.add(String.format(java.util.Locale.ROOT, "%.2f,%.2f", x, 10 * Math.sin(x) + random.nextGaussian()));
        }
        return lines;
    }

    private static TableSample table(List<String> lines) {
        return SampleTables.csv("x,y\n" + String.join("\n", lines) + "\n");
    }

    @Test
    void treesAreSelectedIfTheDependenceIsNotMonotone() {
        FittedModel fitted = fit(table(waves(3_000)));

        assertThat(fitted.model().method()).isEqualTo(SynthesisMethod.TREES);
        assertThat(fitted.model().fittedRows()).isEqualTo(3_000);
        Map<SynthesisMethod, Double> detection = fitted.choice().orElseThrow().detection();
        assertThat(detection.get(SynthesisMethod.TREES)).isLessThan(detection.get(SynthesisMethod.GAUSSIAN_COPULA) - .05);
    }

    @Test
    void theCopulaIsSelectedForAFewHundredRowsOfNormalNumbers() {
        Random random = new Random(6);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            double z = random.nextGaussian();
            lines.add(String.format(java.util.Locale.ROOT, "%.3f,%.3f", z, .8 * z + .6 * random.nextGaussian()));
        }

        assertThat(fit(table(lines)).model().method()).isEqualTo(SynthesisMethod.GAUSSIAN_COPULA);
    }

    @Test
    void theChoiceDoesNotDependOnTheOrderOfTheRows() {
        List<String> lines = waves(1_500);
        MethodChoice choice = fit(table(lines)).choice().orElseThrow();
        Collections.shuffle(lines, new Random(7));

        assertThat(fit(table(lines)).choice()).contains(choice);
    }

    @Test
    void theCopulaIsSelectedForATableThatIsTooSmallToHoldRowsOut() {
        MethodChoice choice = fit(table(waves(99))).choice().orElseThrow();

        assertThat(choice).isEqualTo(new MethodChoice(SynthesisMethod.GAUSSIAN_COPULA, Map.of()));
    }

    @Test
    void aGivenMethodIsNotCompared() {
        TableSample table = table(waves(300));

        assertThat(ModelFitter.fitted(table, SynthesisMethod.INDEPENDENT, FitOptions.defaults()).choice()).isEmpty();
    }

    @Test
    void theNoticesNameTheSelectedMethodAndTheReason() {
        TableSample table = table(waves(1_500));

        assertThat(FitNotices.of(table, fit(table))).extracting(Notice::message)
                .anyMatch(message -> message
                        .matches("The method is trees, selected by .*: gaussian_copula 0\\.\\d{3}, trees 0\\.\\d{3}\\."));
    }

    @Test
    void declaredConstraintsHoldWithEveryMethod() {
        Random random = new Random(8);
        StringBuilder csv = new StringBuilder("net,tax,gross,kind\n");
        for (int i = 0; i < 2_000; i++) {
            int net = random.nextInt(1_000);
            int tax = random.nextInt(3) == 0 ? net / 5 : net / 10;
            csv.append(net).append(',').append(tax).append(',').append(net + tax).append(',').append("abc".charAt(i % 3))
                    .append('\n');
        }
        for (SynthesisMethod method : List.of(SynthesisMethod.AUTO, SynthesisMethod.TREES)) {
            SynthesisModel model = ModelFitter.fit(SampleTables.csv(csv.toString()), method,
                    new FitOptions(true, List.of(Constraint.parse("net + tax = gross"), Constraint.parse("tax <= net"))));
            DrawnRows rows = DrawnRows.of(model, 3, ConditionParser.parse(Map.of("kind", "b")), 0, 1_000);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.number("net", i) + rows.number("tax", i)).isEqualTo(rows.number("gross", i));
                assertThat(rows.number("tax", i)).isLessThanOrEqualTo(rows.number("net", i));
                assertThat(rows.text("kind", i)).isEqualTo("b");
            }
        }
    }
}
