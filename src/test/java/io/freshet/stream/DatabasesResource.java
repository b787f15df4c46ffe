package io.freshet.stream;

import java.util.HashMap;
import java.util.Map;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.freshet.dev.LocalRedis;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A Redis and a MongoDB of one test class, which may kill them and start them again. */
public final class DatabasesResource implements QuarkusTestResourceLifecycleManager {

    /** What a test may do to them. */
    public static final class Databases {
        private LocalRedis redis = LocalRedis.start(0);
        private final MemoryBackend data = new MemoryBackend() {
            @Override
            public void close() {
                // what a real server has is there again when it is started again
            }
        };
        private MongoServer mongo = new MongoServer(data);
        private final int mongoPort = mongo.bind().getPort();

        /** Ends Redis at once; it forgets everything. */
        public void killRedis() {
            redis.close();
        }

        public void startRedisAgain() {
            redis = LocalRedis.start(redis.port());
        }

        /** Cuts all connections to MongoDB and lets in none; it keeps what it has. */
        public void killMongo() {
            mongo.shutdownNow();
        }

        /** How many documents a collection has. */
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
        // quick failures, so that an outage of seconds is noticed
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
