package io.freshet.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.freshet.model.ColumnDrift;
import io.freshet.model.ColumnSummary;
import io.freshet.model.report.ModelSummary;
import io.freshet.store.StoredModel;

/**
 * A model as the API shows it.
 *
 * @param fitMillis how long reading and fitting took
 * @param streams the running streams of the model, when it was replaced; null if there are none
 * @param drift of each column from the version before, where that has learned more; else null
 * @param constraints that hold in every row
 * @param relations between the columns that were found in the table
 * @param strata the share of the rows that each part with a dependence of its own has; a single 1 where there are none
 * @param notices what the owner of the table may not expect of the model
 * @param requested the query parameters of the last fit, with which it can be repeated; those that were left out have their
 *        defaults
 * @param privacy what a private model has spent; null for all others
 * @param error why the model cannot be described; null for every working model
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelView(String name, long version, Instant fittedAt, long fitMillis, String method, long rows,
        List<ColumnSummary> columns, @Nullable List<ColumnDrift> drift,
        @Nullable List<ModelUse.Use> streams, List<String> constraints,
        List<ModelSummary.RelationSummary> relations, List<Double> strata, List<NoticeView> notices,
        Map<String, List<String>> requested, @Nullable PrivacyView privacy, @Nullable String error) {

    private static final Logger LOG = Logger.getLogger(ModelView.class);

    /**
     * A notice as the API shows it.
     *
     * @param column the column that it is about; null for the whole table
     * @param row the row that it is about, counted from 1; null if it is not about one row
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NoticeView(@Nullable String column, @Nullable Long row, String message) {
    }

    static ModelView of(StoredModel stored) {
        ModelSummary summary = ModelSummary.of(stored.model());
        return new ModelView(stored.name(), stored.version(), stored.fittedAt(), stored.fitTime().toMillis(), summary.method(),
                summary.rows(), summary.columns(), stored.drift().isEmpty() ? null : stored.drift(), null,
                summary.constraints(), summary.relations(), summary.strata(), notices(stored),
                stored.requested().parameters(), PrivacyView.of(stored.model()),
                null);
    }

    /** Returns a model for a list; one that cannot be described has an error and does not affect the others. */
    static ModelView listed(StoredModel stored) {
        try {
            return of(stored);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Model could not be described: model=%s version=%d", stored.name(), stored.version());
            return new ModelView(stored.name(), stored.version(), stored.fittedAt(), stored.fitTime().toMillis(),
                    stored.model().method().id(), stored.model().fittedRows(), List.of(), null, null, List.of(), List.of(),
                    List.of(),
                    notices(stored), stored.requested().parameters(), null, "the model cannot be described; fit it again");
        }
    }

    /** Returns the same view with the running streams that draw from the model. */
    ModelView usedBy(List<ModelUse.Use> uses) {
        return new ModelView(name, version, fittedAt, fitMillis, method, rows, columns, drift, uses.isEmpty() ? null : uses,
                constraints, relations, strata, notices, requested, privacy, error);
    }

    private static List<NoticeView> notices(StoredModel stored) {
        return stored.notices().stream().map(notice -> new NoticeView(notice.column(), notice.row(), notice.message()))
                .toList();
    }
}
