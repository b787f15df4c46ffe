package io.freshet.stage;

import java.util.List;

/** Applies operations to each record in order. */
public final class Transform implements Stage {

    private final Operation[] operations;

    public Transform(List<Operation> operations) {
        this.operations = operations.toArray(Operation[]::new);
    }

    @Override
    public void accept(StageRecord record, StageOutput out) {
        for (Operation operation : operations) {
            operation.apply(record.fields(), out.now());
        }
        out.emit(record);
    }
}
