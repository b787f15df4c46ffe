package io.freshet.dev;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/** Starts the servers of {@code quarkus:dev} before anything wants them, and stops them after everything else. */
@IfBuildProfile("dev")
@ApplicationScoped
public class DevServers {

    private static final Logger LOG = Logger.getLogger(DevServers.class);

    private final Deque<AutoCloseable> servers = new ArrayDeque<>();

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
            @ConfigProperty(name = "dev-servers.kafka-port") int kafkaPort,
            @ConfigProperty(name = "dev-servers.redis-port") int redisPort,
            @ConfigProperty(name = "dev-servers.mongodb-port") int mongoPort) {
        LocalBroker kafka = LocalBroker.start(kafkaPort, Path.of("target", "dev-kafka"));
        servers.push(kafka);
        LocalRedis redis = LocalRedis.start(redisPort);
        servers.push(redis);
        LocalMongo mongo = LocalMongo.start(mongoPort);
        servers.push(mongo);
        LOG.infof("Servers for development: Kafka at %s, Redis at %s, MongoDB's protocol at %s", kafka.bootstrapServers(),
                redis.address(), mongo.address());
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) {
        servers.forEach(server -> {
            try {
                server.close();
            } catch (Exception e) {
                LOG.warnf("A server for development did not stop: %s", e.getMessage());
            }
        });
    }
}
