package io.freshet.stream;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.freshet.sink.SinkConfig;
import io.quarkus.runtime.configuration.MemorySize;

/** The default settings with a folder for files. */
public record SinkSettings(Optional<Path> filesFolder) implements SinkConfig {

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(30);
    }

    @Override
    public int retries() {
        return 3;
    }

    @Override
    public Duration retryDelay() {
        return Duration.ofMillis(200);
    }

    @Override
    public int breakerFailures() {
        return 5;
    }

    @Override
    public Duration breakerDelay() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Map<String, Guard> guard() {
        return Map.of();
    }

    @Override
    public Duration failingDelay() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Duration longestFailingDelay() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Map<String, String> kafka() {
        return Map.of();
    }

    @Override
    public Queue queue() {
        return new Queue() {
            @Override
            public int records() {
                return 10_000;
            }

            @Override
            public String overflow() {
                return "block";
            }

            @Override
            public double sampleRate() {
                return 0.1;
            }
        };
    }

    @Override
    public Optional<Duration> giveUpAfter() {
        return Optional.empty();
    }

    @Override
    public EntraConfig entra() {
        return new EntraConfig() {
            @Override
            public Optional<String> tenantId() {
                return Optional.empty();
            }

            @Override
            public Optional<String> clientId() {
                return Optional.empty();
            }

            @Override
            public Optional<String> clientSecret() {
                return Optional.empty();
            }

            @Override
            public Optional<String> authority() {
                return Optional.empty();
            }
        };
    }

    @Override
    public Optional<String> eventHubs() {
        return Optional.empty();
    }

    @Override
    public MemorySize filesMaxSize() {
        return new MemorySize(BigInteger.valueOf(1 << 30));
    }

    @Override
    public String positionsTopic() {
        return "freshet.positions";
    }
}
