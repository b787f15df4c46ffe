package io.freshet.dev;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/**
 * Starts the servers of {@code quarkus:dev} before any other bean needs them, and stops them after everything else. Topics
 * end with the run, as models and streams do, unless a folder is configured for them.
 */
@IfBuildProfile("dev")
@ApplicationScoped
public class DevServers {

    private static final Logger LOG = Logger.getLogger(DevServers.class);

    /**
     * A partition keeps about 256 MiB, so that a fast stream does not fill the disk. The age of records does not matter:
     * those that carry the time of a simulated day of the past would be deleted at once.
     */
    static final Map<String, String> BOUNDED = Map.of("log.retention.bytes", String.valueOf(256 << 20), "log.retention.ms",
            "-1", "log.segment.bytes",
            String.valueOf(32 << 20), "log.retention.check.interval.ms", "10000", "log.segment.delete.delay.ms", "1000");

    private final Deque<AutoCloseable> servers = new ArrayDeque<>();

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
            @ConfigProperty(name = "dev-servers.kafka-port") int kafkaPort,
            @ConfigProperty(name = "dev-servers.kafka-folder") Optional<Path> kafkaFolder,
            @ConfigProperty(name = "dev-servers.redis-port") int redisPort,
            @ConfigProperty(name = "dev-servers.mongodb-port") int mongoPort,
            @ConfigProperty(name = "dev-servers.registry-port") int registryPort) {
        LocalBroker kafka = LocalBroker.start(kafkaPort, kafkaFolder.orElse(null), BOUNDED);
        servers.push(kafka);
        LocalRedis redis = LocalRedis.start(redisPort);
        servers.push(redis);
        LocalMongo mongo = LocalMongo.start(mongoPort);
        servers.push(mongo);
        LocalSchemaRegistry registry = LocalSchemaRegistry.start(registryPort);
        servers.push(registry);
        LOG.infof("Development servers started: Kafka at %s, Redis at %s, MongoDB's protocol at %s, schema registry at %s",
                kafka.bootstrapServers(), redis.address(), mongo.address(), registry.url());
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) {
        servers.forEach(server -> {
            try {
                server.close();
            } catch (Exception e) {
                LOG.warnf("Development server could not be stopped: %s", e.getMessage());
            }
        });
    }
}
