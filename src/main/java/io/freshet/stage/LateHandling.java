package io.freshet.stage;

/** Decides what happens to records that are too late for all their windows. */
@FunctionalInterface
public interface LateHandling {

    void handle(StageRecord record, StageOutput out);
}
