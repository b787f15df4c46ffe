package io.freshet.api;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.freshet.security.Secrets;
import io.smallrye.common.annotation.Blocking;

/** Describes the running service: its version and the configuration in force. */
@Path("/api/v1/service")
@Tag(name = "Operations")
@Blocking
@Produces({ MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE })
public class ServiceResource {

    /** Only settings that users set for Freshet and its servers; others may hold what is not known to be harmless. */
    private static final List<String> SHOWN = List.of("freshet.", "kafka.bootstrap.servers", "quarkus.redis.hosts",
            "quarkus.mongodb.connection-string", "quarkus.http.host", "quarkus.http.port", "quarkus.http.limits.max-body-size");
    private static final Pattern SECRET = Pattern
            .compile("secret|password|credential|token|hash|event-hubs|jaas|hash-keys|api-keys\\.");

    private final Config config;
    private final String version;

    ServiceResource(Config config, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.config = config;
        this.version = version;
    }

    /**
     * The running service.
     *
     * @param runtime {@code JVM} with its version, or {@code native}
     */
    public record ServiceView(String version, String runtime, double uptimeSeconds, List<SettingView> settings) {

        public ServiceView {
            settings = List.copyOf(settings);
        }
    }

    /**
     * A setting in force.
     *
     * @param value the value; secrets are masked
     * @param source where the value comes from
     */
    public record SettingView(String name, String value, String source) {
    }

    @GET
    @Operation(summary = "The version of the service and the configuration in force", description = "Settings of Freshet and the "
            + "addresses of its servers. Secrets are masked.")
    public ServiceView service() {
        String runtime = System.getProperty("org.graalvm.nativeimage.imagecode") == null
                ? "JVM " + Runtime.version().feature()
                : "native";
        return new ServiceView(version, runtime, ManagementFactory.getRuntimeMXBean().getUptime() / 1e3,
                StreamSupport.stream(config.getPropertyNames().spliterator(), false).filter(ServiceResource::isShown).distinct()
                        .flatMap(name -> setting(name).stream()).sorted(Comparator.comparing(SettingView::name)).toList());
    }

    private static boolean isShown(String name) {
        return SHOWN.stream().anyMatch(name::startsWith);
    }

    private Optional<SettingView> setting(String name) {
        ConfigValue value = config.getConfigValue(name);
        String text = value.getValue();
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        String shown = SECRET.matcher(name.toLowerCase(Locale.ROOT)).find() ? Secrets.MASK : Secrets.masked(text);
        return Optional.of(new SettingView(name, shown, source(value.getSourceName())));
    }

    /** The names of sources contain paths of the machine. */
    @SuppressWarnings("NullAway") // a value may have no source
    private static String source(String name) {
        if (name == null || name.contains("Default")) {
            return "default";
        }
        return name.contains("EnvConfigSource") ? "environment"
                : name.contains("SysPropConfigSource") ? "system property"
                        : name.contains("application") ? "configuration file" : "other";
    }
}
