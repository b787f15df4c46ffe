package io.freshet.stream.definition;

import java.util.List;
import java.util.Optional;

import io.freshet.model.Influence;
import io.freshet.model.SynthesisMethod;
import io.freshet.store.Names;

/**
 * How a twin learns the messages it reads, and generates rows in their place.
 *
 * @param ratio how many rows are generated for each message
 * @param influence how messages are weighted when the model learns
 * @param minRows the number of messages from which the first model is fitted
 * @param every how many messages are learned at a time
 * @param model the name of the model; empty for that of the stream
 */
public record LearningDefinition(double ratio, Influence influence, SynthesisMethod method, int minRows, int every,
        Optional<String> model, long seed) {

    /** The keys of a definition, without those that say what is read. */
    static final List<String> KEYS = List.of("ratio", "weight", "window_rows", "window", "method", "min_rows", "learn_every",
            "model", "seed");
    private static final long STANDARD_WINDOW = 10_000;
    private static final int STANDARD_STEP = 500;
    private static final int MAX_ROWS = 50_000;
    private static final List<String> INFLUENCES = List.of("weight", "window_rows", "window");

    static LearningDefinition read(DefinitionNode node) {
        return new LearningDefinition(node.find("ratio").map(ratio -> ratio.number(0.001, 1000)).orElse(1.0), influence(node),
                method(node.find("method")), (int) node.integer("min_rows", 2, MAX_ROWS).orElse(STANDARD_STEP),
                (int) node.integer("learn_every", 1, MAX_ROWS).orElse(STANDARD_STEP),
                node.find("model").map(LearningDefinition::name),
                node.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0));
    }

    private static Influence influence(DefinitionNode node) {
        List<DefinitionNode> said = INFLUENCES.stream().flatMap(name -> node.find(name).stream()).toList();
        if (said.size() > 1) {
            throw said.get(1).wrong("cannot be combined: only one of " + String.join(", ", INFLUENCES) + " can be given");
        }
        if (node.find("weight").isPresent()) {
            return new Influence.Weight(node.get("weight").number(0, 1));
        }
        if (node.find("window").isPresent()) {
            DefinitionNode window = node.get("window");
            if (window.duration().isZero()) {
                throw window.wrong("must be greater than zero");
            }
            return new Influence.LastTime(window.duration());
        }
        return new Influence.LastRows(node.integer("window_rows", 1, Long.MAX_VALUE).orElse(STANDARD_WINDOW));
    }

    private static SynthesisMethod method(Optional<DefinitionNode> node) {
        List<String> known = SynthesisMethod.withoutEpsilon().stream().map(SynthesisMethod::id).toList();
        return node.flatMap(wanted -> SynthesisMethod.find(wanted.oneOf(known))).orElse(SynthesisMethod.AUTO);
    }

    private static String name(DefinitionNode node) {
        if (!Names.isValid(node.text())) {
            throw node.wrong("must match " + Names.PATTERN);
        }
        return node.text();
    }
}
