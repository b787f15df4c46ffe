package io.freshet.stream;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.freshet.model.Influence;
import io.freshet.model.SynthesisMethod;
import io.freshet.store.Names;

/**
 * Synthetic rows in the place of the messages of a topic, from a model that learns them as they come.
 *
 * @param ratio how many rows for each message
 * @param influence what counts when the model learns
 * @param minRows from how many messages the first model is made
 * @param every how many messages are learned together
 * @param model the name of the model; empty for that of the stream
 */
record TwinDefinition(TopicDefinition topic, double ratio, Influence influence, SynthesisMethod method, int minRows, int every,
        Optional<String> model, long seed) implements SourceDefinition {

    static final int BATCH_SIZE = 100;
    private static final long STANDARD_WINDOW = 10_000;
    private static final int STANDARD_STEP = 500;
    private static final int MOST_ROWS = 50_000;
    private static final List<String> INFLUENCES = List.of("weight", "window_rows", "window");

    static TwinDefinition parse(DefinitionNode node) {
        node.object("topic", "group", "from", "format", "malformed", "settings", "ratio", "weight", "window_rows", "window",
                "method", "min_rows", "learn_every", "model", "seed");
        TopicDefinition topic = TopicDefinition.read(node);
        int every = (int) node.integer("learn_every", 1, MOST_ROWS).orElse(STANDARD_STEP);
        return new TwinDefinition(topic, node.find("ratio").map(ratio -> ratio.number(0.001, 1000)).orElse(1.0),
                influence(node), method(node.find("method")),
                (int) node.integer("min_rows", 2, MOST_ROWS).orElse(STANDARD_STEP), every,
                node.find("model").map(TwinDefinition::name),
                node.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0));
    }

    private static Influence influence(DefinitionNode node) {
        List<DefinitionNode> said = INFLUENCES.stream().flatMap(name -> node.find(name).stream()).toList();
        if (said.size() > 1) {
            throw said.get(1).wrong("is one too many: only one of " + String.join(", ", INFLUENCES) + " can be given");
        }
        if (node.find("weight").isPresent()) {
            return new Influence.Weight(node.get("weight").number(0, 1));
        }
        if (node.find("window").isPresent()) {
            DefinitionNode window = node.get("window");
            if (window.duration().isZero()) {
                throw window.wrong("must last some time");
            }
            return new Influence.LastTime(window.duration());
        }
        return new Influence.LastRows(node.integer("window_rows", 1, Long.MAX_VALUE).orElse(STANDARD_WINDOW));
    }

    private static SynthesisMethod method(Optional<DefinitionNode> node) {
        List<String> known = Arrays.stream(SynthesisMethod.values()).map(SynthesisMethod::id).toList();
        return node.flatMap(wanted -> SynthesisMethod.find(wanted.oneOf(known))).orElse(SynthesisMethod.GAUSSIAN_COPULA);
    }

    private static String name(DefinitionNode node) {
        if (!Names.isValid(node.text())) {
            throw node.wrong("must match " + Names.PATTERN);
        }
        return node.text();
    }
}
