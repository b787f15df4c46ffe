package io.freshet.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.freshet.model.online.DriftingStream;

/**
 * Compares models that learn {@link DriftingStream}s of 60 batches of 2,000 rows batch by batch with the exact weighted mixture
 * of all their rows. Prints, for each weight, the mean and the largest distance of the distribution functions and of the latent
 * correlations, and the size of the model after 10 batches and at the end. Run manually.
 */
public final class DriftingStreamReport {

    private DriftingStreamReport() {
    }

    /** @param arguments the number of streams to average over; 3 by default */
    public static void main(String[] arguments) throws IOException {
        int streams = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        System.out.println(
                "weight | mean KS | largest KS | mean drho | largest drho | model bytes at 10 | at 60 | ms per update");
        for (double weight : new double[] { .3, .1, .02 }) {
            List<DriftingStream.Figures> all = new ArrayList<>();
            for (int stream = 0; stream < streams; stream++) {
                all.add(new DriftingStream(stream, 60, 2_000).learnedByWeight(weight));
            }
            System.out.printf(Locale.ROOT, "%.2f | %.5f | %.5f | %.5f | %.5f | %.0f | %.0f | %.1f%n", weight,
                    mean(all, DriftingStream.Figures::meanDistance), most(all, DriftingStream.Figures::mostDistance),
                    mean(all, DriftingStream.Figures::meanDifference), most(all, DriftingStream.Figures::mostDifference),
                    mean(all, DriftingStream.Figures::earlyBytes), mean(all, DriftingStream.Figures::lateBytes),
                    mean(all, DriftingStream.Figures::millisPerUpdate));
        }
    }

    private static double mean(List<DriftingStream.Figures> all, ToDoubleFunction<DriftingStream.Figures> figure) {
        return all.stream().mapToDouble(figure).average().orElse(0);
    }

    private static double most(List<DriftingStream.Figures> all, ToDoubleFunction<DriftingStream.Figures> figure) {
        return all.stream().mapToDouble(figure).max().orElse(0);
    }
}
