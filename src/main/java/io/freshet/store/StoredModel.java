package io.freshet.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.freshet.model.ColumnDrift;
import io.freshet.model.ModelOrigin;
import io.freshet.model.SynthesisModel;

/**
 * A model that is kept.
 *
 * @param version from 1; one more each time the name is fitted again or learns more
 * @param fitTime how long reading and fitting took
 * @param drift of each column from the version before, where that was updated; else empty
 */
public record StoredModel(String name, long version, Instant fittedAt, Duration fitTime, SynthesisModel model,
        List<ColumnDrift> drift) {

    public StoredModel {
        drift = List.copyOf(drift);
    }

    static StoredModel of(String name, SynthesisModel model, ModelOrigin origin) {
        return new StoredModel(name, origin.version(), origin.fittedAt(), origin.fitTime(), model, origin.drift());
    }

    /** How it came about, for a file. */
    public ModelOrigin origin() {
        return new ModelOrigin(version, fittedAt, fitTime, drift);
    }
}
