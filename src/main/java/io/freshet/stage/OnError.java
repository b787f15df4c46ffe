package io.freshet.stage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a record that something is wrong with. */
public enum OnError {

    /** It is kept among the dead letters. */
    DEAD_LETTER,
    /** It is gone, and counted. */
    DROP,
    /** It goes on as it is. */
    PASS,
    /** The stream ends before it. */
    STOP;

    /** The name in definitions. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OnError> find(String id) {
        return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(OnError::id).toList();
    }

    /** Does it to a record. */
    public void apply(StageRecord record, String reason, StageOutput out) {
        switch (this) {
            case DEAD_LETTER -> out.deadLetter(record, reason);
            case DROP -> out.drop(record);
            case PASS -> out.emit(record);
            case STOP -> out.stop(record, reason);
        }
    }
}
