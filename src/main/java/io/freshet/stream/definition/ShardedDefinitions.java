package io.freshet.stream.definition;

import java.util.List;

/** Checks whether a stream can be divided into shards. */
final class ShardedDefinitions {

    private ShardedDefinitions() {
    }

    /** @throws DefinitionException if the stream cannot be divided; the message names the field */
    static void check(DefinitionNode root, SourceDefinition source, PaceDefinition pace, List<SinkDefinition> sinks) {
        DefinitionNode shards = root.get(StreamDefinition.SHARDS);
        if (!(source instanceof SourceDefinition.OfModel || source instanceof SourceDefinition.OfPattern
                || source instanceof RetailDefinition)) {
            throw shards.wrong("cannot be used with the source " + root.get("source").firstField()
                    + "; only streams of a model, a pattern or a retail chain can be divided");
        }
        if (root.find("chaos").isPresent()) {
            throw root.get("chaos").wrong("cannot be used with shards, because chaos moves records across batches");
        }
        if (source instanceof RetailDefinition retail) {
            check(root, retail, pace);
        }
        for (int i = 0; i < sinks.size(); i++) {
            if (sinks.get(i) instanceof SinkDefinition.ToFile || sinks.get(i) instanceof SinkDefinition.ToRedis) {
                throw root.get("sinks").element(i)
                        .wrong("cannot be used with shards, because several instances would write to the same place");
            }
        }
    }

    private static void check(DefinitionNode root, RetailDefinition retail, PaceDefinition pace) {
        if (retail.shards() > 1) {
            throw root.get("source").get("retail").get(StreamDefinition.SHARDS)
                    .wrong("cannot be used together with shards of the stream");
        }
        if (pace.lastPosition() < Long.MAX_VALUE) {
            throw root.get("pace").wrong("cannot limit the number of events of a retail chain with shards, because the shards"
                    + " do not know how many the others have made; use source.retail.end");
        }
    }
}
