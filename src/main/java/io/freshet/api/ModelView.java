package io.freshet.api;

import java.time.Instant;
import java.util.List;

import io.freshet.model.ModelSummary;
import io.freshet.store.StoredModel;

/**
 * A model as the API shows it.
 *
 * @param fitMillis how long reading and fitting took
 */
public record ModelView(String name, long version, Instant fittedAt, long fitMillis, String method, long rows,
        List<ModelSummary.ColumnSummary> columns) {

    static ModelView of(StoredModel stored) {
        ModelSummary summary = ModelSummary.of(stored.model());
        return new ModelView(stored.name(), stored.version(), stored.fittedAt(), stored.fitTime().toMillis(), summary.method(),
                summary.rows(), summary.columns());
    }
}
