package io.freshet.stream;

import java.util.HashMap;
import java.util.Map;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.freshet.dev.LocalRedis;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A Redis and a MongoDB for one test class, which may kill and restart them. */
public final class DatabasesResource implements QuarkusTestResourceLifecycleManager {

    /** What a test can do to them. */
    public static final class Databases {
        private LocalRedis redis = LocalRedis.start(0);
        private final MemoryBackend data = new MemoryBackend() {
            @Override
            public void close() {
                // a restarted server has its persistent data again
            }
        };
        private MongoServer mongo = new MongoServer(data);
        private final int mongoPort = mongo.bind().getPort();

        /** Kills Redis, which loses its data. */
        public void killRedis() {
            redis.close();
        }

        public void startRedisAgain() {
            redis = LocalRedis.start(redis.port());
        }

        /** Cuts all connections to MongoDB and accepts none; it keeps its data. */
        public void killMongo() {
            mongo.shutdownNow();
        }

        /** Returns the number of documents in a collection. */
        public long count(String collection) {
            try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + mongoPort)) {
                return client.getDatabase("freshet").getCollection(collection).countDocuments();
            }
        }

        public void startMongoAgain() {
            mongo = new MongoServer(data);
            mongo.bind("127.0.0.1", mongoPort);
        }
    }

    private final Databases databases = new Databases();
    private Map<String, String> more = Map.of();

    @Override
    public void init(Map<String, String> settings) {
        more = Map.copyOf(settings);
    }

    @Override
    public Map<String, String> start() {
        // short timeouts, so that an outage of seconds is detected
        Map<String, String> settings = new HashMap<>(more);
        settings.putAll(Map.of("quarkus.redis.hosts", databases.redis.address(),
                "quarkus.mongodb.connection-string", "mongodb://127.0.0.1:" + databases.mongoPort,
                "quarkus.mongodb.server-selection-timeout", "1s", "freshet.sinks.breaker-delay", "200ms",
                "freshet.sinks.failing-delay", "200ms"));
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(databases, new TestInjector.MatchesType(Databases.class));
    }

    @Override
    public void stop() {
        databases.redis.close();
        databases.mongo.shutdownNow();
    }
}
