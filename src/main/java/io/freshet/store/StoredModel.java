package io.freshet.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.freshet.model.ColumnDrift;
import io.freshet.model.ModelOrigin;
import io.freshet.model.SynthesisModel;
import io.freshet.table.Notice;

/**
 * A version of a model in the store.
 *
 * @param version starts at 1 and grows by one each time the model is fitted again or learns more
 * @param fitTime how long reading and fitting took
 * @param drift the drift of each column since the previous version if this version was learned; otherwise empty
 * @param notices what the owner of the table should not expect of the model
 */
public record StoredModel(String name, long version, Instant fittedAt, Duration fitTime, SynthesisModel model,
        List<ColumnDrift> drift, List<Notice> notices) {

    public StoredModel {
        drift = List.copyOf(drift);
        notices = List.copyOf(notices);
    }

    static StoredModel of(String name, SynthesisModel model, ModelOrigin origin) {
        return new StoredModel(name, origin.version(), origin.fittedAt(), origin.fitTime(), model, origin.drift(),
                origin.notices());
    }

    /** Returns how this version came about, for the model file. */
    public ModelOrigin origin() {
        return new ModelOrigin(version, fittedAt, fitTime, drift, notices);
    }
}
