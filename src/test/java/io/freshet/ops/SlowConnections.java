package io.freshet.ops;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Opens thousands of connections to the packaged service, each of which sends one byte of its request per second. Measures
 * whether and how fast other requests are still answered, how much memory the connections take, and when the slow ones are
 * closed.
 */
public final class SlowConnections {

    private static final byte[] REQUEST = ("GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + "a".repeat(4000))
            .getBytes(StandardCharsets.US_ASCII);
    private static final int SECONDS = 30;

    private final int port;
    private final List<SocketChannel> open = new ArrayList<>();
    private final List<Long> answers = new ArrayList<>();
    private int unanswered;

    private SlowConnections(int port) {
        this.port = port;
    }

    /** @param arguments the number of connections, then the command */
    public static void main(String[] arguments) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(Arrays.asList(arguments).subList(1, arguments.length))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PORT", String.valueOf(port));
        Process process = builder.start();
        try {
            new SlowConnections(port).run(Integer.parseInt(arguments[0]), process.pid());
        } finally {
            process.destroyForcibly();
        }
    }

    private void run(int count, long process) throws Exception {
        while (!isAnswered()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        answers.clear();
        unanswered = 0;
        long before = StartStopCycles.resident(process);
        long startedAt = System.nanoTime();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.configureBlocking(false);
            open.add(channel);
        }
        System.out.printf("connections=%d opened in %d ms%n", count, StartStopCycles.millisSince(startedAt));
        long max = before;
        for (int second = 0; second < SECONDS; second++) {
            int at = second;
            long next = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            open.removeIf(channel -> !isStillOpen(channel, at));
            max = Math.max(max, StartStopCycles.resident(process));
            do {
                unanswered += isAnswered() ? 0 : 1;
                TimeUnit.MILLISECONDS.sleep(20);
            } while (System.nanoTime() < next);
            System.out.printf("after %d ms: %d are open%n", StartStopCycles.millisSince(startedAt), open.size());
        }
        Collections.sort(answers);
        System.out.printf("others: %d answered, %d not, median %d ms, 99 %% %d ms; resident KiB: before %d, most %d%n",
                answers.size(), unanswered, answers.get(answers.size() / 2), answers.get((int) (answers.size() * .99)), before,
                max);
        if (unanswered > 0 || !open.isEmpty()) {
            System.exit(1);
        }
    }

    /**
     * Sends one more byte.
     *
     * @return false if the connection is closed
     */
    private static boolean isStillOpen(SocketChannel channel, int at) {
        try {
            channel.write(ByteBuffer.wrap(REQUEST, at, 1));
            return channel.read(ByteBuffer.allocate(1)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isAnswered() {
        long startedAt = System.nanoTime();
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/q/health/ready")
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(5_000);
            connection.setReadTimeout(5_000);
            connection.setRequestProperty("Connection", "close");
            boolean answered = connection.getResponseCode() == 200;
            connection.disconnect();
            answers.add(StartStopCycles.millisSince(startedAt));
            return answered;
        } catch (IOException e) {
            return false;
        }
    }
}
