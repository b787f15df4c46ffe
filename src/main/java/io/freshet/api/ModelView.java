package io.freshet.api;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.freshet.model.ColumnDrift;
import io.freshet.model.ModelSummary;
import io.freshet.store.StoredModel;

/**
 * A model as the API shows it.
 *
 * @param fitMillis how long reading and fitting took
 * @param drift of each column from the version before, where that has learned more; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelView(String name, long version, Instant fittedAt, long fitMillis, String method, long rows,
        List<ModelSummary.ColumnSummary> columns, @Nullable List<ColumnDrift> drift) {

    static ModelView of(StoredModel stored) {
        ModelSummary summary = ModelSummary.of(stored.model());
        return new ModelView(stored.name(), stored.version(), stored.fittedAt(), stored.fitTime().toMillis(), summary.method(),
                summary.rows(), summary.columns(), stored.drift().isEmpty() ? null : stored.drift());
    }
}
