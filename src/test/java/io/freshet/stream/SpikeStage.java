package io.freshet.stream;

import java.util.Map;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import io.freshet.stage.Stage;
import io.freshet.stage.StageOutput;
import io.freshet.stage.StageRecord;

/**
 * A custom stage as a CDI bean: {@code custom: {bean: spikes, settings: {field: value, by: 50}}} only passes records whose
 * value differs from the previous one by at least this amount.
 */
@Dependent
@Named("spikes")
public class SpikeStage implements Stage {

    private String field = "";
    private double by;
    private double before = Double.NaN;

    @Override
    public void configure(Map<String, @Nullable Object> settings) {
        if (!(settings.get("field") instanceof String name) || !(settings.get("by") instanceof Number step)) {
            throw new IllegalArgumentException("must have field and by");
        }
        field = name;
        by = step.doubleValue();
    }

    @Override
    public void accept(StageRecord record, StageOutput out) {
        double value = record.fields().get(field) instanceof Number number ? number.doubleValue() : Double.NaN;
        if (Math.abs(value - before) >= by) {
            out.emit(record);
        } else {
            out.drop(record);
        }
        before = value;
    }
}
