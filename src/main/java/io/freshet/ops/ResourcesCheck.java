package io.freshet.ops;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

import io.freshet.store.StoreConfig;
import io.smallrye.health.api.Wellness;

/** Reports the heap, and the disk of the folder where models and streams are kept; down when that disk is almost full. */
@Wellness
@ApplicationScoped
public class ResourcesCheck implements HealthCheck {

    /** With less free space than this, positions and models are about to be lost. */
    private static final long MIN_FREE_BYTES = 64L << 20;

    private final StoreConfig store;

    public ResourcesCheck(StoreConfig store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("resources").withData("heapUsedBytes", heap)
                .withData("heapMaxBytes", runtime.maxMemory()).withData("heapUsedPercent", percent(heap, runtime.maxMemory()));
        boolean enough = store.folder().filter(Files::isDirectory).map(folder -> disk(folder, response)).orElse(true);
        return response.status(enough).build();
    }

    private static boolean disk(Path folder, HealthCheckResponseBuilder response) {
        try {
            FileStore disk = Files.getFileStore(folder);
            long free = disk.getUsableSpace();
            response.withData("storeFreeBytes", free).withData("storeTotalBytes", disk.getTotalSpace())
                    .withData("storeUsedPercent", percent(disk.getTotalSpace() - free, disk.getTotalSpace()));
            return free >= MIN_FREE_BYTES;
        } catch (IOException e) {
            response.withData("storeError", String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static long percent(long part, long whole) {
        return whole == 0 ? 0 : Math.round(100.0 * part / whole);
    }
}
