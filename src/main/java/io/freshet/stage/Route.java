package io.freshet.stage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Selects the sinks of a record: those of the first rule that matches, or of all rules that match. */
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
     * @param first whether only the first rule that matches applies
     * @param otherwise the sinks of a record that no rule matches; null for the sinks to which no route refers
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
