package io.freshet.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.scheduler.Scheduled;

/** The valid API keys: those of the configuration, and those of a file that may change. */
@ApplicationScoped
public class ApiKeys {

    private static final Logger LOG = Logger.getLogger(ApiKeys.class);

    private final List<ApiKey> configured = new ArrayList<>();
    private final Optional<Path> file;
    private final Event<Changed> changes;
    private volatile List<ApiKey> fromFile = List.of();
    private @Nullable FileTime readAt;

    /** Fired when the API keys have changed. */
    public record Changed() {
    }

    /**
     * @param changes receives an event when the file has changed
     * @throws IllegalArgumentException if a key is malformed or the file cannot be read
     */
    public ApiKeys(SecurityConfig config, Event<Changed> changes) {
        this.changes = changes;
        config.apiKeys().forEach((name, key) -> configured.add(ApiKey.of(name, key.role(), key.hash())));
        file = config.apiKeysFile();
        file.ifPresent(path -> {
            try {
                read(path);
            } catch (IOException e) {
                throw new IllegalArgumentException("the file of API keys cannot be read: " + path, e);
            }
        });
    }

    /**
     * Finds the owner of a key.
     *
     * @return empty if the key is not valid
     */
    Optional<Caller> find(String presented) {
        if (presented.length() < ApiKey.SHORTEST) {
            return Optional.empty();
        }
        byte[] hash = ApiKey.hashOf(presented);
        Optional<Caller> found = Optional.empty();
        // every key is compared, so that the duration reveals nothing
        for (List<ApiKey> keys : List.of(configured, fromFile)) {
            for (ApiKey key : keys) {
                if (key.matches(hash)) {
                    found = Optional.of(Caller.of(key));
                }
            }
        }
        return found;
    }

    /** Returns whether a key with this hash is still valid. */
    public boolean isKnown(String hash) {
        return Stream.concat(configured.stream(), fromFile.stream()).anyMatch(key -> key.hash().equals(hash));
    }

    /** Reloads the file if it has changed. A malformed file leaves the keys as they were. */
    @Scheduled(every = "5s")
    void refresh() {
        file.ifPresent(path -> {
            try {
                if (read(path)) {
                    changes.fire(new Changed());
                }
            } catch (IOException | IllegalArgumentException e) {
                LOG.errorf("The file of API keys could not be reloaded; the previous keys stay valid: reason=%s",
                        e.getMessage());
            }
        });
    }

    /** Reads the file if it has changed, and returns whether it had. */
    private synchronized boolean read(Path path) throws IOException {
        FileTime changedAt = Files.getLastModifiedTime(path);
        if (changedAt.equals(readAt)) {
            return false;
        }
        List<ApiKey> keys = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(path)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                keys.add(parse(line, number));
            }
        }
        fromFile = List.copyOf(keys);
        readAt = changedAt;
        LOG.infof("API keys loaded: keys=%d", keys.size());
        return true;
    }

    private static ApiKey parse(String line, int number) {
        String[] parts = line.strip().split("\\s+");
        if (parts.length != 3) {
            throw new IllegalArgumentException("line " + number + " of the file of API keys must be: name role hash");
        }
        return ApiKey.of(parts[0], parts[1], parts[2]);
    }
}
