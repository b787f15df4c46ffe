package io.freshet.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;

import io.freshet.event.JsonEventBuffer;
import io.freshet.retail.Chain;
import io.freshet.retail.ChainSize;
import io.freshet.retail.ParameterFile;
import io.freshet.retail.RetailSimulation;

/** Run by hand: how much memory a large chain holds hour by hour, and how fast it goes. */
public final class RetailSoak {

    private static final long HOUR = 3_600_000;

    private RetailSoak() {
    }

    /** @param arguments how many stores, how many products, how many simulated hours */
    public static void main(String[] arguments) {
        int stores = Integer.parseInt(arguments[0]);
        Instant start = Instant.parse("2026-03-18T09:00:00Z");
        long startedAt = System.nanoTime();
        Chain chain = Chain.generate(ParameterFile.defaults(),
                new ChainSize(stores, 200 * stores, Integer.parseInt(arguments[1]), Math.max(1, stores / 100)), 1);
        RetailSimulation simulation = RetailSimulation.of(chain, start);
        System.out.printf("ready after %.1f s, %d MB%n", (System.nanoTime() - startedAt) / 1e9, heapMegabytes());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        JsonEventBuffer written = JsonEventBuffer.create();
        long end = start.toEpochMilli();
        for (int hour = 0; hour < Integer.parseInt(arguments[2]); hour++) {
            long from = threads.getCurrentThreadCpuTime();
            long events = 0;
            end += HOUR;
            while (simulation.nextTime() < end) {
                written.clear();
                for (int i = 0; i < 256 && simulation.nextTime() < end; i++, events++) {
                    simulation.next().writeTo(written);
                }
            }
            System.out.printf("hour %2d: %,d events, %,.0f per second of CPU, %d MB%n", hour, events,
                    events * 1e9 / Math.max(1, threads.getCurrentThreadCpuTime() - from), heapMegabytes());
        }
    }

    private static long heapMegabytes() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }
}
