package io.freshet.stage;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Enriches records by rules: it applies all rules whose condition is true, or only the first of them. */
public final class Enrich implements Stage {

    /** @param then the operations for a record that meets the condition */
    public record Rule(Condition when, List<Operation> then) {
        public Rule {
            then = List.copyOf(then);
        }
    }

    private final List<Rule> rules;
    private final boolean first;

    /** @param first whether only the first rule that matches is applied */
    public Enrich(List<Rule> rules, boolean first) {
        this.rules = List.copyOf(rules);
        this.first = first;
    }

    @Override
    public void accept(StageRecord record, StageOutput out) {
        Map<String, @Nullable Object> fields = record.fields();
        for (Rule rule : rules) {
            if (rule.when().test(fields, out.now())) {
                for (Operation operation : rule.then()) {
                    operation.apply(fields, out.now());
                }
                if (first) {
                    break;
                }
            }
        }
        out.emit(record);
    }
}
