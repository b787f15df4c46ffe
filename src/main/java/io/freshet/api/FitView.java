package io.freshet.api;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.freshet.model.FitProgress;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A fit of a model as the API shows it. What is not known yet, or does not apply to the method, is left out.
 *
 * @param state waiting, running, done, failed or cancelled
 * @param epoch the number of complete epochs of training
 * @param generatorLoss the generator's loss in the latest step
 * @param criticLoss the critic's loss in the latest step
 * @param secondsLeft the estimated time until training ends
 * @param modelVersion the version of the model that was made
 * @param error why it failed
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FitView(String model, String state, Instant startedAt, @Nullable Integer epoch, @Nullable Integer epochs,
        @Nullable Double generatorLoss, @Nullable Double criticLoss, @Nullable Double seconds, @Nullable Double secondsLeft,
        @Nullable Long modelVersion, @Nullable String error) {

    private static final double MILLIS = 1e3;

    static FitView of(String model, String state, Instant startedAt, @Nullable FitProgress progress, @Nullable Long version,
            @Nullable String error) {
        if (progress == null) {
            return new FitView(model, state, startedAt, null, null, null, null, null, null, version, error);
        }
        return new FitView(model, state, startedAt, progress.epoch(), progress.epochs(), progress.generatorLoss(),
                progress.criticLoss(), progress.elapsed().toMillis() / MILLIS, progress.left().toMillis() / MILLIS, version,
                error);
    }
}
