package io.freshet.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.freshet.model.ColumnDrift;
import io.freshet.model.ModelOrigin;
import io.freshet.model.RequestedFit;
import io.freshet.model.SynthesisModel;
import io.freshet.model.VersionEntry;
import io.freshet.model.VersionHistory;
import io.freshet.table.Notice;

/**
 * A version of a model in the store.
 *
 * @param version starts at 1 and grows by one each time the model is fitted again or learns more
 * @param fitTime how long reading and fitting took
 * @param drift the drift of each column since the previous version if this version was learned; otherwise empty
 * @param notices what the owner of the table should not expect of the model
 * @param requested what was asked of the last fit
 * @param history how this version and those before it came about, as far as that is known
 */
public record StoredModel(String name, long version, Instant fittedAt, Duration fitTime, SynthesisModel model,
        List<ColumnDrift> drift, List<Notice> notices, RequestedFit requested, VersionHistory history) {

    public StoredModel {
        drift = List.copyOf(drift);
        notices = List.copyOf(notices);
    }

    static StoredModel of(String name, SynthesisModel model, ModelOrigin origin) {
        return new StoredModel(name, origin.version(), origin.fittedAt(), origin.fitTime(), model, origin.drift(),
                origin.notices(), origin.requested(), history(model, origin));
    }

    /** Files of older releases have no history; of such a model, its current version is known. */
    private static VersionHistory history(SynthesisModel model, ModelOrigin origin) {
        return origin.history().entries().isEmpty()
                ? VersionHistory.EMPTY.with(new VersionEntry(origin.version(), origin.fittedAt(), null, null,
                        model.method().id(), VersionEntry.DriftSummary.of(origin.drift())))
                : origin.history();
    }

    /** Returns how this version came about, for the model file. */
    public ModelOrigin origin() {
        return new ModelOrigin(version, fittedAt, fitTime, drift, notices, requested, history);
    }
}
