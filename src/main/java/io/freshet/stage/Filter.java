package io.freshet.stage;

/** Passes on the records that meet a condition and drops the others. */
public final class Filter implements Stage {

    private final Condition condition;

    public Filter(Condition condition) {
        this.condition = condition;
    }

    @Override
    public void accept(StageRecord record, StageOutput out) {
        if (condition.test(record.fields(), out.now())) {
            out.emit(record);
        } else {
            out.drop(record);
        }
    }
}
