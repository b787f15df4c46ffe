package io.freshet.stage;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Adds to records what rules say: of all rules whose condition is true, or of the first of them. */
public final class Enrich implements Stage {

    /**
     * @param then what is done to a record of which the condition is true
     */
    public record Rule(Condition when, List<Operation> then) {
        public Rule {
            then = List.copyOf(then);
        }
    }

    private final List<Rule> rules;
    private final boolean first;

    /**
     * @param first whether the rules behind the first that is true are passed over
     */
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
