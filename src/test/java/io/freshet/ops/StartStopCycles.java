package io.freshet.ops;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts and stops the packaged service repeatedly. Measures the milliseconds to the first answer, the idle memory, the
 * milliseconds from SIGTERM to the end, and how many cycles failed.
 */
public final class StartStopCycles {

    private static final int TERMINATED = 143;
    private static final long MAX_MILLIS = 30_000;

    private final List<String> command;
    private final List<Long> starts = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private final List<Long> residentKiB = new ArrayList<>();
    private int failures;

    private StartStopCycles(List<String> command) {
        this.command = command;
    }

    /** @param arguments the number of cycles, then the command */
    public static void main(String[] arguments) throws Exception {
        StartStopCycles cycles = new StartStopCycles(Arrays.asList(arguments).subList(1, arguments.length));
        int count = Integer.parseInt(arguments[0]);
        for (int i = 0; i < count; i++) {
            cycles.run(i);
        }
        System.out.printf("cycles=%d failures=%d%n", count, cycles.failures);
        cycles.report("first answer, ms", cycles.starts);
        cycles.report("SIGTERM to end, ms", cycles.ends);
        cycles.report("resident, KiB", cycles.residentKiB);
        if (cycles.failures > 0) {
            System.exit(1);
        }
    }

    private void run(int cycle) throws Exception {
        int port = freePort();
        Path log = Files.createTempFile("cycle", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PORT", String.valueOf(port));
        long startedAt = System.nanoTime();
        Process process = builder.start();
        try {
            boolean ready = awaitReady(process, port);
            starts.add(millisSince(startedAt));
            residentKiB.add(resident(process.pid()));
            long told = System.nanoTime();
            process.destroy();
            boolean ended = process.waitFor(MAX_MILLIS, TimeUnit.MILLISECONDS);
            ends.add(millisSince(told));
            if (!ready || !ended || process.exitValue() != TERMINATED) {
                failures++;
                System.out.printf("cycle %d failed: ready=%s ended=%s code=%s%n%s%n", cycle, ready, ended,
                        ended ? process.exitValue() : "-", Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean awaitReady(Process process, int port) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_MILLIS);
        while (process.isAlive() && System.nanoTime() < end) {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/q/health/ready")
                    .toURL()
                    .openConnection();
            try {
                if (connection.getResponseCode() == 200) {
                    return true;
                }
            } catch (IOException e) {
                Thread.onSpinWait();
            } finally {
                connection.disconnect();
            }
        }
        return false;
    }

    /** Returns the resident memory of a process in KiB. */
    static long resident(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process), "status")).stream()
                .filter(line -> line.startsWith("VmRSS")).map(line -> line.replaceAll("\\D", "")).mapToLong(Long::parseLong)
                .findFirst().orElse(0);
    }

    static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private void report(String what, List<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf("%s: median %d, 99 %% %d, most %d%n", what, sorted[sorted.length / 2],
                sorted[(int) (sorted.length * .99)], sorted[sorted.length - 1]);
    }
}
