package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.freshet.score.ColumnScore;

class BarChartTest {

    @Test
    void barsShareTheWidthAndTheHighestFillsTheHeight() {
        BarChart chart = BarChart.of(List.of(new ColumnScore.Bar("a", .5, .25), new ColumnScore.Bar("b", 0, .1)));

        assertThat(chart.bars().get(0).real()).isEqualTo(new BarChart.Rectangle("1.0", "4.0", "148.0", "86.0"));
        assertThat(chart.bars().get(0).synthetic()).isEqualTo(new BarChart.Rectangle("2.0", "47.0", "146.0", "43.0"));
        assertThat(chart.bars().get(1).real()).isEqualTo(new BarChart.Rectangle("151.0", "90.0", "148.0", "0.0"));
        assertThat(List.of(chart.first(), chart.last())).containsExactly("a", "b");
    }

    @Test
    void narrowBarsStayVisible() {
        BarChart chart = BarChart.of(Collections.nCopies(300, new ColumnScore.Bar("a", 1, 1)));

        assertThat(chart.bars()).allMatch(bar -> bar.synthetic().width().equals("1.0"));
    }
}
