package io.freshet.stage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happens to a record that fails. */
public enum OnError {

    /** The record goes to the dead letters. */
    DEAD_LETTER,
    /** The record is dropped and counted. */
    DROP,
    /** The record is passed on unchanged. */
    PASS,
    /** The stream stops before the record. */
    STOP;

    /** Returns the name in definitions. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OnError> find(String id) {
        return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(OnError::id).toList();
    }

    /** Applies this choice to a record. */
    public void apply(StageRecord record, String reason, StageOutput out) {
        switch (this) {
            case DEAD_LETTER -> out.deadLetter(record, reason);
            case DROP -> out.drop(record);
            case PASS -> out.emit(record);
            case STOP -> out.stop(record, reason);
        }
    }
}
