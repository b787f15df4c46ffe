package io.freshet.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.freshet.event.FieldPath;

/**
 * Checks records against expectations. A record that fails goes to the dead letters, is dropped, is marked and passed on, or
 * stops the stream, as configured.
 */
public final class Expect implements Stage {

    /** A condition that every record should meet. */
    public record Expectation(String name, Condition that) {
    }

    private final List<Expectation> expectations;
    private final AtomicLong[] failures;
    private final OnError onFailure;
    private final FieldPath mark;

    /** @param mark the field that lists the failed expectations of a record that is passed on */
    public Expect(List<Expectation> expectations, OnError onFailure, FieldPath mark) {
        this.expectations = List.copyOf(expectations);
        this.onFailure = onFailure;
        this.mark = mark;
        this.failures = expectations.stream().map(each -> new AtomicLong()).toArray(AtomicLong[]::new);
    }

    @Override
    public void accept(StageRecord record, StageOutput out) {
        List<String> failed = failed(record, out.now());
        if (failed.isEmpty()) {
            out.emit(record);
            return;
        }
        String reason = "not " + String.join(", not ", failed);
        out.blame(record, reason);
        if (onFailure == OnError.PASS) {
            mark.set(record.fields(), failed);
        }
        onFailure.apply(record, reason, out);
    }

    private List<String> failed(StageRecord record, long now) {
        List<String> failed = List.of();
        for (int i = 0; i < expectations.size(); i++) {
            if (!expectations.get(i).that().test(record.fields(), now)) {
                failed = failed.isEmpty() ? new ArrayList<>() : failed;
                failed.add(expectations.get(i).name());
                failures[i].incrementAndGet();
            }
        }
        return failed;
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < failures.length; i++) {
            counts.put(expectations.get(i).name(), failures[i].get());
        }
        return counts;
    }
}
