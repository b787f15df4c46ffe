package io.freshet.sink;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.apache.kafka.common.utils.Utils;

import io.smallrye.mutiny.infrastructure.Infrastructure;

/** The addresses of Kafka, of which one is enough. */
public final class BootstrapServers {

    private final List<String> addresses;

    /**
     * @param servers as clients of Kafka are told, with commas between them
     */
    public BootstrapServers(String servers) {
        this.addresses = Arrays.stream(servers.split(",")).map(String::strip).filter(address -> !address.isEmpty()).toList();
    }

    /** Asks all at once; completes with true as soon as one takes a connection, with false when none does. */
    public CompletionStage<Boolean> answer(Duration patience) {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        Executor worker = Infrastructure.getDefaultWorkerPool();
        CompletableFuture<?>[] attempts = addresses.stream().map(address -> CompletableFuture.runAsync(() -> {
            if (listens(address, patience)) {
                answered.complete(true);
            }
        }, worker)).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(attempts).whenComplete((nothing, thrown) -> answered.complete(false));
        return answered;
    }

    private static boolean listens(String address, Duration patience) {
        String host = Utils.getHost(address);
        Integer port = Utils.getPort(address);
        if (host == null || port == null || port > 0xFFFF) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
