package io.freshet.stream.definition;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import io.freshet.sink.mongo.MongoTarget;

/** Parses the settings of a MongoDB sink. */
final class MongoDefinition {

    private static final Pattern COLLECTION = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,119}");

    private MongoDefinition() {
    }

    static MongoTarget parse(DefinitionNode mongo) {
        mongo.object("collection", "timeSeries", "ttl", "timestamp");
        return new MongoTarget(
                mongo.find("collection").map(MongoDefinition::collection).orElse(MongoTarget.STANDARD_COLLECTION),
                mongo.find("timeSeries").flatMap(MongoDefinition::series), mongo.find("ttl").map(MongoDefinition::ttl),
                mongo.find("timestamp").map(DefinitionNode::text));
    }

    private static Optional<MongoTarget.Series> series(DefinitionNode node) {
        if (node.json().isBoolean()) {
            return node.flag() ? Optional.of(new MongoTarget.Series(MongoTarget.Series.GRANULARITIES.get(0), Optional.empty()))
                    : Optional.empty();
        }
        if (!node.json().isObject()) {
            throw node.wrong("must be true, false, or an object with the fields granularity, key");
        }
        node.object("granularity", "key");
        return Optional.of(new MongoTarget.Series(node.oneOf("granularity", MongoTarget.Series.GRANULARITIES),
                node.find("key").map(DefinitionNode::text)));
    }

    private static String collection(DefinitionNode node) {
        if (!COLLECTION.matcher(node.text()).matches() || node.text().startsWith("system.")
                || node.text().startsWith("freshet_")) {
            throw node.wrong("must match " + COLLECTION + ", and must not begin with system. or freshet_");
        }
        return node.text();
    }

    private static Duration ttl(DefinitionNode node) {
        Duration ttl = node.duration();
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0) {
            throw node.wrong("must be at least 1s");
        }
        return ttl;
    }
}
