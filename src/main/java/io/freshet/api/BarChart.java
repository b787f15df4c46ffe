package io.freshet.api;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.freshet.score.ColumnScore;

/** Two distributions as bars inside each other, in the units of a drawing whose origin is its top left corner. */
public record BarChart(List<Bar> bars) {

    private static final int WIDTH = 300;
    private static final int HEIGHT = 90;
    /** The room for the outlines of the highest bars. */
    private static final int MARGIN = 4;

    /** The two bars of one class. */
    public record Bar(String label, double realShare, double syntheticShare, Rectangle real, Rectangle synthetic) {
    }

    /** A rectangle that stands on the bottom of the drawing, with the attributes of SVG. */
    public record Rectangle(String x, String y, String width, String height) {

        private static Rectangle of(double x, double width, double height) {
            return new Rectangle(units(x), units(HEIGHT - height), units(Math.max(1, width)), units(height));
        }

        private static String units(double value) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
    }

    public BarChart {
        bars = List.copyOf(bars);
    }

    static BarChart of(List<ColumnScore.Bar> classes) {
        double highest = classes.stream().mapToDouble(bar -> Math.max(bar.real(), bar.synthetic())).max().orElse(1);
        double width = WIDTH / (double) classes.size();
        return new BarChart(IntStream.range(0, classes.size())
                .mapToObj(i -> bar(classes.get(i), i * width, width, (HEIGHT - MARGIN) / highest)).toList());
    }

    private static Bar bar(ColumnScore.Bar one, double left, double width, double scale) {
        return new Bar(one.label(), one.real(), one.synthetic(), Rectangle.of(left + 1, width - 2, one.real() * scale),
                Rectangle.of(left + 2, width - 4, one.synthetic() * scale));
    }

    public int width() {
        return WIDTH;
    }

    public int height() {
        return HEIGHT;
    }

    public String first() {
        return bars.get(0).label();
    }

    public String last() {
        return bars.get(bars.size() - 1).label();
    }
}
