package io.freshet.stage;

/** Lets the records on of which a condition is true. */
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
