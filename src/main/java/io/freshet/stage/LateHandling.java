package io.freshet.stage;

/** What becomes of records that are too late for all their windows. */
@FunctionalInterface
public interface LateHandling {

    void handle(StageRecord record, StageOutput out);
}
