package io.freshet.stage;

import org.jspecify.annotations.Nullable;

/**
 * A stage that passes no record on.
 *
 * @param stage its name in the stream
 * @param records how many records in a row it dropped or rejected
 * @param rejects whether it rejects them rather than dropping them
 * @param lastError why it rejected the last one; null if it dropped it
 */
public record BlockingStage(String stage, long records, boolean rejects, @Nullable String lastError) {

    /** Describes it in a sentence without a full stop. */
    public String reason() {
        return stage + (rejects ? " rejects" : " drops") + " every record, " + records + " in a row"
                + (rejects && lastError != null ? ": " + lastError : "");
    }
}
