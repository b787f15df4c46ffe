package io.freshet.model.gan;

import java.time.Duration;

import io.freshet.model.FitMonitor;
import io.freshet.model.FitProgress;
import io.freshet.model.GanOptions;

/** Runs a training for its epochs, or until its time is over, and reports to a monitor. */
final class TrainingRun {

    private final Training training;
    private final GanOptions options;
    private final FitMonitor monitor;
    private final long startedAt;
    private int firstEpoch;

    TrainingRun(Training training, GanOptions options, FitMonitor monitor) {
        this.training = training;
        this.options = options;
        this.monitor = monitor;
        this.startedAt = monitor.clock().millis();
    }

    /** @throws FitMonitor.CancelledException if the monitor cancels the fit */
    TrainingReport run() {
        byte[] restored = monitor.restored();
        int epoch = restored == null ? 0 : TrainingCheckpoint.restore(restored, training, options);
        firstEpoch = epoch;
        monitor.progress(progress(epoch));
        while (epoch < options.epochs() && epoch()) {
            epoch++;
            monitor.progress(progress(epoch));
            int complete = epoch;
            monitor.checkpoint(out -> TrainingCheckpoint.write(out, training, options, complete));
        }
        return new TrainingReport(epoch, options.epochs(), training.steps(), training.generatorLoss(), training.criticLoss());
    }

    /** @return false if the time was over before the epoch was complete */
    private boolean epoch() {
        for (int i = 0; i < training.stepsPerEpoch(); i++) {
            if (monitor.isCancelled()) {
                throw new FitMonitor.CancelledException();
            }
            if (training.steps() > 0 && options.maxTime().filter(max -> max.compareTo(elapsed()) <= 0).isPresent()) {
                return false;
            }
            training.step();
        }
        return true;
    }

    private Duration elapsed() {
        return Duration.ofMillis(Math.max(0, monitor.clock().millis() - startedAt));
    }

    private FitProgress progress(int epoch) {
        Duration elapsed = elapsed();
        int done = epoch - firstEpoch;
        Duration left = done == 0 ? Duration.ZERO : elapsed.multipliedBy(options.epochs() - epoch).dividedBy(done);
        return new FitProgress(epoch, options.epochs(), training.generatorLoss(), training.criticLoss(), elapsed,
                options.maxTime().map(max -> max.minus(elapsed)).filter(rest -> rest.compareTo(left) < 0).orElse(left));
    }
}
