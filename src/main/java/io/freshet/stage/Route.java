package io.freshet.stage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Says which sinks a record goes to: those of the first rule that is true, or of all that are. */
public final class Route implements Stage {

    /**
     * @param to the names of sinks
     */
    public record Rule(Condition when, List<String> to) {
        public Rule {
            to = List.copyOf(to);
        }
    }

    private final List<Rule> rules;
    private final boolean first;
    private final @Nullable List<String> otherwise;

    /**
     * @param first whether the rules behind the first that is true are passed over
     * @param otherwise the sinks of a record of which no rule is true; null for those that nothing is routed to
     */
    public Route(List<Rule> rules, boolean first, @Nullable List<String> otherwise) {
        this.rules = List.copyOf(rules);
        this.first = first;
        this.otherwise = otherwise == null ? null : List.copyOf(otherwise);
    }

    @Override
    public void accept(StageRecord record, StageOutput out) {
        List<String> sinks = sinks(record, out.now());
        if (sinks != null) {
            if (sinks.isEmpty()) {
                out.drop(record);
                return;
            }
            record.route(sinks);
        }
        out.emit(record);
    }

    private @Nullable List<String> sinks(StageRecord record, long now) {
        Set<String> all = new LinkedHashSet<>();
        boolean any = false;
        for (Rule rule : rules) {
            if (rule.when().test(record.fields(), now)) {
                if (first) {
                    return rule.to();
                }
                any = true;
                all.addAll(rule.to());
            }
        }
        return any ? new ArrayList<>(all) : otherwise;
    }
}
