package io.freshet.stage;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Runs stages inside another stage, record by record. Only stages without state are allowed. */
public final class InlinePipeline {

    /** One of the stages, which also receives the output of the stage before it. */
    private static final class Step implements StageOutput {

        private final NamedStage named;
        private final @Nullable Step next;
        private final FailureCount failures = new FailureCount();
        private @Nullable StageOutput outer;

        private Step(NamedStage named, @Nullable Step next) {
            this.named = named;
            this.next = next;
        }

        private void accept(StageRecord record, StageOutput out) {
            outer = out;
            try {
                named.stage().accept(record, this);
            } catch (RuntimeException e) {
                String reason = named.name() + ": " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
                blame(record, reason);
                named.onError().apply(record, reason, this);
            }
        }

        private StageOutput outer() {
            if (outer == null) {
                throw new IllegalStateException("no record is being processed");
            }
            return outer;
        }

        @Override
        public long now() {
            return outer().now();
        }

        @Override
        public void emit(StageRecord record) {
            if (next == null) {
                outer().emit(record);
            } else {
                next.accept(record, outer());
            }
        }

        @Override
        public void divert(StageRecord record, List<String> sinks) {
            outer().divert(record, sinks);
        }

        @Override
        public void drop(StageRecord record) {
            outer().drop(record);
        }

        @Override
        public void blame(StageRecord record, String reason) {
            failures.add(now());
            outer().blame(record, reason);
        }

        @Override
        public void deadLetter(StageRecord record, String reason) {
            outer().deadLetter(record, reason);
        }

        @Override
        public void stop(StageRecord record, String reason) {
            outer().stop(record, reason);
        }
    }

    private final @Nullable Step first;

    /** @param stages the stages in order; an empty list passes records on unchanged */
    public InlinePipeline(List<NamedStage> stages) {
        Step step = null;
        for (int i = stages.size() - 1; i >= 0; i--) {
            step = new Step(stages.get(i), step);
        }
        first = step;
    }

    void accept(StageRecord record, StageOutput out) {
        if (first == null) {
            out.emit(record);
        } else {
            first.accept(record, out);
        }
    }

    /** Returns the stages of a kind that failed since a time, in milliseconds since 1970. */
    List<Failures> failedSince(String kind, long since) {
        List<Failures> all = new ArrayList<>();
        for (Step step = first; step != null; step = step.next) {
            if (step.named.kind().equals(kind) && step.failures.isAnySince(since)) {
                all.add(new Failures(step.named.name(), step.failures.records()));
            }
        }
        return all;
    }
}
